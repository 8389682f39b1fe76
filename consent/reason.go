package consent

import (
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"unicode"
)

// MinReason is the least number of runes in a concrete reason (law.md A2).
const MinReason = 40

// The bounds of law.md A2: a reason that is SimilarReason or more alike to that
// of more than MostTwins other leads is no reason for one person.
const (
	SimilarReason = 0.9
	MostTwins     = 2
)

// leastWords keeps a reason from being one word held down.
const leastWords = 4

// concrete reports whether a reason can be one for this person alone: long
// enough, made of words, and no text of a template (A2).
func concrete(reason string) bool {
	reason = strings.TrimSpace(reason)
	if len([]rune(reason)) < MinReason || unfilled(reason) {
		return false
	}
	words := make(map[string]bool)
	for _, w := range strings.FieldsFunc(strings.ToLower(reason), func(r rune) bool { return !unicode.IsLetter(r) }) {
		words[w] = true
	}
	return len(words) >= leastWords
}

// ReasonSimilarity is how alike two reasons are, from 0 to 1: the greater of two
// measures over their normalised form (see masked). One is the Dice coefficient
// of their trigrams, which sees small changes of spelling. The other is the share
// of words that both have in the same order, which sees one word exchanged in a
// sentence, whatever its length. It is symmetric, and 1 for equal reasons.
func ReasonSimilarity(a, b string) float64 {
	x, y := formOf(a), formOf(b)
	if len(x.words) == 0 || len(y.words) == 0 {
		return 0
	}
	return max(dice(x.grams, y.grams), inOrder(x.words, y.words))
}

// TwinOf tells of many reasons which are nearly this one: their similarity is
// SimilarReason or more. It takes the one apart once.
func TwinOf(reason string) func(other string) bool {
	x := formOf(reason)
	return func(other string) bool {
		y := formOf(other)
		if len(x.words) == 0 || len(y.words) == 0 {
			return false
		}
		return dice(x.grams, y.grams) >= SimilarReason || inOrder(x.words, y.words) >= SimilarReason
	}
}

// form is a reason as it is compared.
type form struct {
	words []string
	grams []uint64 // sorted, each once
}

func formOf(reason string) form {
	words := masked(reason)
	return form{words, trigrams(words)}
}

// mask stands for a name or a number. What is swapped from person to person, and
// nothing else, does not make a reason concrete.
const mask = "*"

// masked is the words of a reason, folded as plain folds them, with every number
// and every name in place of which another could stand turned into one mask. A
// name is a run of words with a capital letter that do not begin the sentence.
// Where that would leave less than half (a text in capitals), nothing is masked.
func masked(reason string) []string {
	var words, all []string
	names, begins := 0, true
	for _, field := range strings.Fields(reason) {
		bare := strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if bare == "" {
			begins = begins || strings.ContainsAny(field, ".!?:")
			continue
		}
		word := strings.Map(keepWord, plain(bare))
		all = append(all, word)
		if named(bare, begins) {
			word, names = mask, names+1
		}
		if word != mask || len(words) == 0 || words[len(words)-1] != mask {
			words = append(words, word)
		}
		begins = strings.ContainsAny(field[len(field)-1:], ".!?:")
	}
	if 2*names > len(all) {
		return all
	}
	return words
}

func named(word string, begins bool) bool {
	capitals, digits := 0, false
	for i, r := range word {
		if unicode.IsUpper(r) {
			capitals++
			if i > 0 {
				capitals++ // inside a word it is a name wherever it stands
			}
		}
		digits = digits || unicode.IsDigit(r)
	}
	return digits || capitals > 1 || capitals == 1 && !begins && len([]rune(word)) > 1
}

func keepWord(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return r
	}
	return -1
}

// trigrams is the set of three runes in a row over the words, blanks included,
// each in 63 bits, sorted.
func trigrams(words []string) []uint64 {
	if len(words) == 0 {
		return nil
	}
	text := []rune("  " + strings.Join(words, " ") + " ")
	all := make([]uint64, 0, len(text))
	for i := 0; i+3 <= len(text); i++ {
		all = append(all, uint64(text[i])<<42|uint64(text[i+1])<<21|uint64(text[i+2]))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func dice(a, b []uint64) float64 {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}

// mostWords bounds the work of inOrder; a reason is one or two sentences.
const mostWords = 200

// inOrder is twice the longest common run of words, gaps allowed, over their sum.
func inOrder(a, b []string) float64 {
	a, b = a[:min(len(a), mostWords)], b[:min(len(b), mostWords)]
	above := make([]int, len(b)+1)
	for _, w := range a {
		left := 0 // above[j] of the row before
		for j, v := range b {
			keep := above[j+1]
			if w == v {
				above[j+1] = left + 1
			} else {
				above[j+1] = max(above[j+1], above[j])
			}
			left = keep
		}
	}
	return 2 * float64(above[len(b)]) / float64(len(a)+len(b))
}

// The pieces of a reason: bands of a MinHash signature over its trigrams. Two
// reasons whose trigrams overlap by three quarters share a piece with a
// probability of 99.8 %, and with 0.2 % when they overlap by a tenth, so that an
// index finds the near-identical among many thousands.
const (
	reasonBands = 16
	bandRows    = 4
)

// ReasonPieces is the pieces of a reason by which near-identical ones find each
// other, nil for an empty one. They find candidates: ReasonSimilarity decides.
// ReasonPiecesVersion must change with them.
func ReasonPieces(reason string) []int64 {
	words := masked(reason)
	if len(words) == 0 {
		return nil
	}
	var least [reasonBands * bandRows]uint64
	for i := range least {
		least[i] = math.MaxUint64
	}
	for _, h := range trigrams(words) {
		for i := range least {
			least[i] = min(least[i], scatter(h+uint64(i+1)*0x9e3779b97f4a7c15))
		}
	}
	pieces := make([]int64, reasonBands)
	for band := range pieces {
		sum := fnv.New64a()
		for _, v := range least[band*bandRows : (band+1)*bandRows] {
			var raw [8]byte
			for i := range raw {
				raw[i] = byte(v >> (8 * i))
			}
			_, _ = sum.Write(raw[:]) // a hash never errs
		}
		pieces[band] = int64(sum.Sum64() >> 12) // 52 bits: JSON numbers keep them
	}
	return pieces
}

// ReasonPiecesVersion names how ReasonPieces are made, for an index of them.
const ReasonPiecesVersion = "1"

// scatter is the finaliser of SplitMix64 (Steele, Lea, Flood 2014): one number to
// another that looks like chance.
func scatter(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}
