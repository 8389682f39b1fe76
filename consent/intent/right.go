package intent

import (
	"regexp"
	"strings"

	"zgoda/consent"
)

// first says that a sentence speaks of the writer's own data; a sentence about
// somebody else's rights asks for none.
var first = either(`(my|me|i|mine|our|us|we)\b`, `(mnie|mo[ji]\w*|mych|mna|mi|ja|nas|nasz\w*|prosze|prosimy|zadam|wnosze|skladam|chce|chcialbym|chcialabym|otwieram|otworzyl\w+|czytam|klikam|jestem|macie|panstwo maja|maja panstwo)\b`, `(ich|mich|mir|meine?\w*|uns|unsere?\w*|wir|bitte)\b`)

// asksFor is how each right is asked for, folded.
var asksFor = map[consent.Right]*phrases{
	consent.RightAccess: either(
		`(know|tell me|inform me|let me know)( \w+){0,6} (what|which) (\w+ ){0,3}(you )?(have |hold |store |keep )?(stored |kept |saved )?(about|on|of) me\b`, `which of my (details|data|personal)`, `(source|origin) of my (data|details|address)\b`, `(sposob|droga|skad)( \w+){0,5} (posiadani\w+|dane|adres\w*|kontakt)( \w+)? ?(mo[ji]\w*)`, `(zrodl\w+)( \w+){0,3} (mo[ji]\w*) (danych|adresu|dane)`, `daten( \w+){0,2} (zu|uber) (meiner person|mich)( \w+){0,4} (gespeichert|verarbeitet|vorliegen)`, `w posiadanie (mo[ji]\w*)`,
		`(what|which) (\w+ ){0,3}(data|information|details|info) (do |does |have |has )?(you|your company|\w+) (have |hold |store |keep |process |got |stored |collected |collect )+(about|on|of|concerning) (me|us)\b`, `(what|which) (personal )?(data|information) (about|on|of|concerning) me\b`, `where (did|do|have) you (get|got|have|obtain|find|obtained|take)( \w+){0,3} (my|our)\b`, `how did you (get|obtain|find|come by|come across)( \w+){0,2} my\b`, `who gave you my\b`, `access to (all )?(my|the) (personal )?(data|information)\b`, `subject access request\b`, `(right of|request for) access\b`, `what do you (know|store|have|keep|hold) (about|on) me\b`, `access request\b.*\b(gdpr|art|data)`,
		`jaki(e|mi|ch) (\w+ ){0,3}(dane|danymi|danych|informacje)( \w+){0,4} (o mnie|na moj temat|mnie dotyczace|dotyczace mnie|moje|mojej osoby)`, `(skad|od kogo|z jakiego zrodla)( \w+){0,3} (mo[ji]\w*|nasz\w*|dane)\b`, `(dostep\w*) do (moich |swoich )(danych|informacji)`, `co (panstwo |pan |pani )?(o mnie |na moj temat )?(wiecie|wiedza|macie|przechowujecie|przechowuja)( o mnie| na moj temat)`, `informacj\w+ o (przetwarzan\w+|przechowywan\w+)( \w+){0,2} (moich|mnie|danych)`, `(kto|skad) (wam |panstwu |pani |panu )?(dal|podal|przekazal|macie|maja) (\w+ )?(mo[ji]\w*)`, `w jakim celu( \w+){0,3} (moje|moich|moj) (dane|danych|adres)`, `potwierdzeni\w+,? czy( \w+){0,3} (moje|mnie)`,
		`(welche|was fur) (\w+ ){0,3}(daten|informationen|angaben)( \w+){0,4} (uber mich|von mir|zu meiner person|uber uns)`, `(woher|von wem) (haben|hat|stammen|stammt|kennen)( \w+){0,3} (meine\w*|unsere\w*)\b`, `(auskunft|selbstauskunft|datenauskunft)( \w+){0,8} (meine\w*|meiner|mich|mir|art|dsgvo|gespeichert\w*)`, `(bitte|verlange|beantrage|fordere|ersuche)( \w+){0,4} (auskunft|selbstauskunft|datenauskunft)\b`, `was (haben|wissen|speichern) sie( \w+){0,3} (uber mich|von mir)`, `wie (sind|kommen) sie( \w+){0,4} (meine\w*)( \w+)? (adresse|daten|e-?mail)`,
	),
	consent.RightCopy: either(
		`cop(y|ies) of (all |any |the |every )*(personal )?(data|information|records) (concerning|about|on|relating to|you (have|hold) (on|about)) me\b`, `kopi\w+ (wszystkich )?danych,? (ktore )?(mnie |dotyczac\w+ )+`,
		`cop(y|ies) of( all| the| any| every)* (of )?(my|the|personal|our) (personal )?(data|information|records|details)\b`, `cop(y|ies) of (everything|all|what) (that )?you (have|hold|store|keep)`, `(send|give|provide) me( \w+){0,4} (data|everything|information) (that )?you (have|hold|store|keep)`, `data you (hold|have|store|keep) (about|on) me( \w+){0,3} cop(y|ies)`,
		`kopi[aeio]\w* (wszystkich |wszelkich )?(moich |mych |swoich )?(danych|informacji)( \w+)?`, `(przyslac|przeslac|przeslanie|udostepnic|wydac|wydanie)( \w+){0,3} (moje|moich|wszystkie moje|kopi\w+ moich) (dane|danych)`,
		`kopie( \w+){0,3} (meiner|aller|der|personenbezogenen)( \w+){0,2} daten\b`, `datenkopie\b`, `kopie (von )?(allem|allen daten)`,
	),
	consent.RightRectify: either(
		`you have my (\w+ )?(name|company|title|address|details) wrong\b`, `(correct|rectify|update|amend|fix) (my|our) (personal |contact |e-?mail |own )*(data|name|address|details|title|company|position|job title|surname|record|information)\b`, `(my|our) (name|surname|company|title|data|details) (is|are) (\w+ )?(wrong|incorrect|misspelled|misspelt|outdated|out of date)( \w+)*`, `rectification of\b`, `right to rectification\b`,
		`(sprostowac|sprostowani\w+|sprostujcie|poprawic|poprawcie|poprawieni\w+|poprawienia|skorygowac|zaktualizowac|zaktualizujcie|aktualizacj\w+|zmienic)( \w+){0,2} (mo[ji]\w*|mego|nasz\w*) (\w+ )?(dane|danych|nazwisko|nazwiska|imie|imienia|adres|adresu|stanowisko|stanowiska|nazwe|firme)`, `sprostowani\w+ (moich |swoich )?danych`, `(moje|moj) (nazwisko|imie|dane|stanowisko)( \w+){0,3} (blednie|bledne|bledny|niepoprawn\w+|z bledem|nieprawidlow\w+|nieaktualn\w+)`, `(blad|bledu|literowk\w+) w (moim|moich) (nazwisku|imieniu|danych)`,
		`(berichtigen|korrigieren|andern|aktualisieren) sie( \w+){0,3} (meine[nrs]?|unsere[nrs]?) (\w+ )?(daten|namen|nachnamen|adresse|kontaktdaten|angaben|position|firma|anschrift)`, `berichtigung (meiner|unserer|der uber mich|der zu meiner)`, `mein (nach|vor)?name( \w+){0,3} (falsch|fehlerhaft)`, `(meine[nrs]?) (daten|namen|adresse|angaben)( \w+){0,4} (zu )?(berichtigen|korrigieren)`,
	),
	consent.RightErase: either(
		`(delete|erase|remove|wipe|destroy) (every piece|all|everything|anything|any)( of)?( the| my| personal)*( data| information| details)? ?(that )?you (have|hold|keep|store|know)( stored)? (about|on|of) (me|us)\b`, `(skasowac|usunac|skasujcie|usuncie|wykasowac) (wszystko|wszystkie dane),? (\w+ )?(co|ktore)( \w+){0,3} (o mnie|na moj temat)`, `(alle|samtliche)( \w+){0,4} (zu|von) (meiner person|mir) (\w+ )?gespeicherten (\w+ )?(daten|angaben)( \w+){0,3} (zu )?loschen`,
		`(delete|erase|remove|destroy|wipe) (all |of |any |the |please )*(my|our) `+data, `(delete|erase|remove|wipe) (all |any )?(the )?(personal )?(data|information|details|everything) (that )?(you (have|hold|keep|store) )?(about|on|concerning|of) me\b`, `(delete|erase) everything (that )?you (have|hold|keep|store|know)`, `have (all )?(my|our) (personal )?(data|details|address|record|information) (deleted|erased|removed)\b`, `(erasure|deletion) of (all )?(my|our) `+data, `right to (be forgotten|erasure)\b`,
		`(usunac|usuniecie|usuniecia|usun|usuncie|skasowac|skasowanie|skasujcie|wykasowac|wykasowanie|wykasujcie|wymazac|zniszczyc)( prosze| natychmiast| niezwlocznie| wszystkich| wszystkie| calkowicie)* (mo[ji]\w*|nasz\w*|mych) `+dane, `(usunac|usuniecie|usuncie|skasowac|skasowanie|wykasowanie)( \w+){0,2} (dane|danych) (osobow\w+ )?(dotyczac\w+ mnie|na moj temat|o mnie)\b`, `(usuniecie|usunac)( wszystkich| wszystkie)? (danych|dane)( osobowych| osobowe)?[.!]*$`, `praw\w+ do bycia zapomnian\w+`, `usun\w* z (\w+ )?bazy( danych)?\b`,
		`(loschen|entfernen|vernichten) sie( \w+){0,4} (meine[nrs]?|unsere[nrs]?) `+daten, `(meine[nrs]?|unsere[nrs]?) `+daten+`( \w+){0,7} (zu )?(loschen|vernichten|entfernen|geloscht)\b`, `loschung (all |aller |samtlicher )?(meiner|unserer) `+daten, `recht auf (loschung|vergessenwerden)\b`, `loschen sie( bitte)? (alles|alle daten|samtliche daten)( \w+){0,4} (uber mich|von mir|zu mir)`,
	),
	consent.RightRestrict: either(
		`restrict(ion of)?( \w+){0,2} processing\b`, `processing( \w+){0,4} restricted\b`, `ogranicz\w+ (\w+ )?przetwarzani\w+`, `(einschrankung|beschrankung) der( \w+)? ?(verarbeitung|datenverarbeitung)`, `schranken sie( \w+){0,3} verarbeitung( \w+){0,4} ein\b`, `verarbeitung( \w+){0,4} (einzuschranken|einschranken|eingeschrankt)\b`,
	),
	consent.RightPortability: either(
		`data portab\w+`, `portability\b`, `machine[ -]readable\b`, `(transfer|port|transmit) (all )?my (personal )?data (to|into)\b`,
		`(przeniesieni\w+|przenoszeni\w+|przeniesc|przenoszalnosc\w*)( \w+){0,2} (moich |moje )?(danych|dane)\b`, `odczyt\w* maszynow\w+`, `formacie( \w+){0,3} maszynow\w+`,
		`datenubertragbarkeit\b`, `datenportabilitat\b`, `maschinenlesbar\w*`, `(ubertragen|ubermitteln) sie( \w+){0,3} meine daten( \w+){0,3} an\b`,
	),
	consent.RightObject: either(
		`(wnosze|skladam|zglaszam) sprzeciw (wobec|przeciw\w*|co do|na)`,
		`(i|we) (hereby |formally |strongly )?object to (the |any |further |all |your |being |receiving |you )*(processing|use|using|usage|storage|direct marketing|marketing|contact|contacted|e-?mails?|mails?|messages|storing|profiling)\b`, `^(i|we) (hereby )?object[.!]*$`, `right to object\b`,
		`(wnosze|skladam|zglaszam|wyrazam|wnosimy|skladamy)( niniejszym| stanowczy)* sprzeciw\b`, `sprzeciwiam(y)? sie( \w+){0,3} (przetwarzani\w+|wykorzyst\w+|uzywani\w+|wysylani\w+|otrzymywani\w+|marketing\w+|przechowywani\w+|profilowani\w+)\b`, `^(niniejszym )?sprzeciwiam sie[.!]*$`, `^sprzeciw[.!]*$`,
		`(widerspreche|widersprechen)( \w+){0,2} (der|jeder|jeglicher|dem|einer|ihrer|weiterer)( \w+){0,5} ?(nutzung|verarbeitung|verwendung|zusendung|werbung|speicherung|direktwerbung|weitergabe|werbezwecken|profiling|datenverarbeitung)\b`, `(lege|legen|erhebe)( \w+){0,2} widerspruch\b`, `^(hiermit )?(ich )?widerspreche( ich)?( hiermit)?[.!]*$`, `^widerspruch[.!]*$`, `widerspruch (gemass|nach) art`, `widerspruch gegen (die |jede |weitere )*(nutzung|verarbeitung|verwendung|werbung|direktwerbung|speicherung)`,
	),
	consent.RightWhoTracks: either(
		`(does|do) (this|your|these|the) (e-?mails?|mails?|messages?)( \w+){0,4} (when|if|whether) i (open|read|click)`,
		`who (is |are )?(track|tracks|tracking|follows|following) (me|us|my)\b`, `(do|does|are|is|did) (you|your company|these mails|this mail|\w+ mails?) (track|tracking|record|recording|see|know|monitor)( \w+){0,4} (me|my (opens|clicks|behaviou?r|reading)|when i|whether i|if i|that i)\b.*(open|read|click|track|\?)`, `are (my|your|these|the) (e-?mails?|mails|messages|opens|clicks) (being )?track\w*`, `track(ing)? pixel`, `(skad|jak) (wiecie|pan\w* wie\w*),? ze (otw|przeczyt|klik)\w+`, `(is|are) there (a |any )?(tracker|pixel)s?\b`, `(ist|sind)( \w+){0,4} tracker\b`, `am i (being )?tracked\b`,
		`kto( \w+){0,2} (mnie|nas) sledzi\b`, `czy( \w+){0,5} (mnie |nas )?(sledzi|sledzicie|sledza|sledzona|sledzony|sledzone)\b`, `czy( \w+){0,3} (widzicie|widza|wiecie|wiedza|zapisujecie|zapisuja|rejestrujecie|sprawdzacie|sprawdzaja),?( \w+){0,4} (otwieram|otworzylem|otworzylam|czytam|klikam|kliknalem|kliknelam)`, `(piksel|pixel)\w* (sledzac\w+|w (tej )?wiadomosci)`,
		`wer( \w+){0,2} (trackt|verfolgt|uberwacht) (mich|uns)`, `(tracken|verfolgen|uberwachen|erfassen|sehen) sie,?( \w+){0,3} (mich|ob ich|wann ich|meine (klicks|offnungen))`, `werde ich( \w+){0,2} (getrackt|verfolgt|uberwacht)`, `(zahlpixel|trackingpixel|tracking-pixel)\b`,
	),
}

// right opens the rights that a sentence asks for. One that closes or changes
// something waits for a person when the sentence is unsure of itself; one that only
// asks to be told something is a question by nature.
func (r *reading) right(s string, near named) {
	// Most sentences ask for nothing: that is found once, and not for each right.
	asked := (near.data || near.name) && (asks.MatchString(s) || wish.MatchString(s))
	for _, right := range consent.Rights() {
		parts := asked && byParts(right, s, near)
		if !parts && !asksFor[right].MatchString(s) || about.MatchString(s) {
			continue
		}
		ofThem := parts || first.MatchString(s) || alone.MatchString(s)
		if !ofThem && !(right == consent.RightWhoTracks && strings.HasSuffix(s, "?")) {
			continue
		}
		if right == consent.RightErase && spared.MatchString(s) {
			continue
		}
		if acts(right) && doubted(s) {
			r.stop(consent.StopDoubtful, s)
			continue
		}
		r.rights[right] = true
		r.found(s, false)
	}
}

// alone is a request of so few words that it can speak of nobody else.
var alone = regexp.MustCompile(`^(sprzeciw|widerspruch|recht auf \w+|data portability|portability|datenkopie|subject access request)\b[^,]{0,60}$`)

// about is a sentence that speaks of rights as a subject and asks for none.
var about = either(`(our|your|the) (tool|product|software|platform|service|app|system) (helps|lets|allows|handles|supports)\b`, `(customers?|clients?|users?|employees?) (may |can |want |ask |asks |request )`, `(klienci|uzytkownicy|pracownicy) (moga|chca|prosza|pytaja)`, `(kunden|nutzer|mitarbeiter) (konnen|wollen|fragen|verlangen)`)

// acts reports whether fulfilling a right changes the data. A restriction only
// keeps it, and is bounded ("until …") by nature.
func acts(right consent.Right) bool {
	return right == consent.RightErase || right == consent.RightRectify || right == consent.RightObject
}
