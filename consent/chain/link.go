package chain

import (
	"crypto/sha256"
	"encoding/binary"
)

// HashSize is the length of a hash and of a commitment in bytes.
const HashSize = sha256.Size

// Link is one place in the chain.
type Link struct {
	Pos        int64 // 1, 2, …
	What       What
	Ref        int64 // number of the entry among its kind
	Commitment []byte
	Hash       []byte // over the hash before it and all of the above
}

// Next is the link that follows last. The zero Link is before the first.
func Next(last Link, what What, ref int64, commitment []byte) Link {
	l := Link{Pos: last.Pos + 1, What: what, Ref: ref, Commitment: commitment}
	l.Hash = l.follow(last.Hash)
	return l
}

// leaf sets the hash of a link apart from any other hash (RFC 6962 section 2.1).
const leaf = 0x00

// follow is the hash that l must have after a link with the hash prev; nil is
// the beginning, 32 zero bytes. Every part has a fixed length or is preceded by
// it, so that no two links are one row of bytes.
func (l Link) follow(prev []byte) []byte {
	var before [HashSize]byte
	copy(before[:], prev)
	text := make([]byte, 0, 1+HashSize+8+8+len(l.What)+8+len(l.Commitment))
	text = append(text, leaf)
	text = append(text, before[:]...)
	text = binary.BigEndian.AppendUint64(text, uint64(l.Pos))
	text = binary.BigEndian.AppendUint64(text, uint64(len(l.What)))
	text = append(text, l.What...)
	text = binary.BigEndian.AppendUint64(text, uint64(l.Ref))
	text = append(text, l.Commitment...)
	sum := sha256.Sum256(text)
	return sum[:]
}
