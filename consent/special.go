package consent

import (
	"slices"
	"strings"
)

// The special categories of GDPR Art. 9(1), as word lists in Polish, English
// and German, folded by plain (law.md L9). A star stands for any end of a word.
// A word alone may be the firm's business ("diabetes clinic"); it is taken for a
// person's when it stands beside a word that speaks of a person ("she has …"); a
// phrase with "!" is always a person's.
var specialWords = []struct{ category, words string }{
	{"health", `raka, nowotw*, cukrzyc*, depresj*, migren*, epilepsj*, padaczk*, ciaza, !w ciazy, niepelnospraw*, chemioterap*, alkoholi*, hiv,
udar, !po udarze, zawal, !po zawale, chora, chory, choroba, chorobe, chorobie, choroby, slabowidz*, niedowidz*, autyz*, !zwolnieniu lekarskim, !na l4,
cancer, diabet*, depression, !depressed, migraine*, epilep*, !pregnan*, disabled, disability, chemotherapy, alcoholic, stroke, autis*, illness,
!sick leave, wheelchair, surgery, dementia, miscarriage,
krebs, depressionen, migrane, epilepsie, !schwanger*, behindert*, schwerbehindert*, alkoholiker*, schlaganfall, herzinfarkt,
!krankgeschrieben, krank, erkrankt, rollstuhl, demenz, fehlgeburt`},
	{"trade-union membership", `!zwiazkowiec, !zwiazkowca, zwiazku zawodowym, zwiazku zawodowego, zwiazkow zawodowych, zwiazkach zawodowych, solidarnosci,
trade union*, !union member, !union rep, !shop steward, gewerkschaft*, ver di, ig metall`},
	{"religion or belief", `katolik*, katoliczk*, muzulman*, zydow*, zydem, prawoslawn*, protestant*, ateist*, !swiadek jehowy, !swiadkiem jehowy, wyznani*, wierzac*, buddyst*,
catholic, muslim*, jewish, hindu, buddhist, atheist, orthodox christian, !born again, jehovah*, mormon, religious,
katholi*, evangelisch*, judisch*, atheistin, konfession*, !zeuge jehovas, !zeugin jehovas, religios*`},
	{"political opinion", `!czlonek partii, !czlonkini partii, !czlonkiem partii, !poglady polityczn*, lewicow*, prawicow*, !glosuje na, !glosowal na, !glosowala na,
!party member, conservative party, labour party, republican, democrat, left wing, right wing, !votes for, !voted for,
!parteimitglied*, !parteibuch, afd, cdu, csu, spd, fdp, linke partei, !parteigenoss*`},
	{"sex life or orientation", `!gejem, !lesbijk*, homoseksual*, biseksual*, transplciow*, transseksual*, romans, !kochank*,
gay, !lesbian, homosexual*, bisexual*, transgender, transsexual, affair with, mistress,
!schwul*, !lesbisch*, homosexuell*, bisexuell*, transgeschlechtlich, affare`},
	{"racial or ethnic origin", `romem, romka, !cygan*, czarnoskor*, ciemnoskor*, pochodzenia etniczn*,
ethnic*, gypsy, !black man, !black woman, !dark skinned, racial, !roma descent, !zigeuner*, !dunkelhautig*, ethnisch*, migrationshintergrund`},
	{"biometric data", `odcisk palca, odciski palcow, skan twarzy, skan teczowki, biometr*, genetycz*,
fingerprint*, face scan, iris scan, retina scan, voiceprint, genetic*, fingerabdr*, gesichtsscan, gesichtserkennung, genetisch*`},
}

// personWords speak of one person. They stand before the word, or, as a German
// sentence may end, after it.
var (
	personWords = wordSet(`ma mial miala maja cierpi choruje chora chory jest byl byla jej jego przeszla przeszedl
is was has had suffers suffering diagnosed her his he she
ist war hat hatte haben leidet erkrankt sein seine er wegen`)
	personEnds = wordSet(`haben hat hatte hatten leidet leiden ist war erkrankt`)
)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// specialFound is one category that a text seems to tell of.
type specialFound struct {
	category string
	sure     bool // it speaks of a person
}

// specialEntry is one phrase of the lists.
type specialEntry struct {
	category string
	words    []string
	stem     bool // the last word may have any end
	sure     bool // it speaks of a person by itself
}

// specialIndex is the lists by the first letters of each phrase, so that a text
// is looked through once and not once a phrase.
var specialIndex = func() map[string][]specialEntry {
	index := map[string][]specialEntry{}
	for _, list := range specialWords {
		for phrase := range strings.SplitSeq(list.words, ",") {
			phrase, sure := strings.CutPrefix(strings.TrimSpace(phrase), "!")
			phrase, stem := strings.CutSuffix(phrase, "*")
			words := strings.Fields(phrase)
			entry := specialEntry{list.category, words, stem, sure}
			index[words[0][:1]] = append(index[words[0][:1]], entry)
		}
	}
	return index
}()

// special is the categories that the words of a text seem to tell of, each once.
func special(words []string) []specialFound {
	var found []specialFound
	for i, w := range words {
		for _, entry := range specialIndex[w[:1]] {
			if !entry.at(words, i) {
				continue
			}
			hit := specialFound{entry.category, entry.sure || ofPerson(words, i, i+len(entry.words))}
			if j := slices.IndexFunc(found, func(f specialFound) bool { return f.category == hit.category }); j >= 0 {
				found[j].sure = found[j].sure || hit.sure
			} else {
				found = append(found, hit)
			}
		}
	}
	return found
}

func (e specialEntry) at(words []string, i int) bool {
	if i+len(e.words) > len(words) {
		return false
	}
	for j, w := range e.words {
		last := j == len(e.words)-1
		if got := words[i+j]; got != w && !(last && e.stem && strings.HasPrefix(got, w)) {
			return false
		}
	}
	return true
}

// nearPerson is how many words before a phrase are looked at.
const nearPerson = 3

func ofPerson(words []string, from, to int) bool {
	for _, w := range words[max(0, from-nearPerson):from] {
		if personWords[w] {
			return true
		}
	}
	return to < len(words) && personEnds[words[to]]
}
