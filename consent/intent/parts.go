package intent

import (
	"strings"

	"zgoda/consent"
)

// A right is asked for in more words than right.go can list. A sentence that asks,
// and does to the writer's data what only that right is about, asks for it. The data
// may be named in a sentence beside it ("… and then wipe it all").

// ownData is what we keep of the writer, and nothing that trade calls data.
var ownData = either(
	`(my|our) (\w+ ){0,3}(data|details|records?|information)\b`, `(data|information|details|what|all|everything) [^.?!]{0,40}\b(about|on|of|concerning) me\b`, `personal (data|information)\b`,
	`(mo(je|ich|im|imi)|swo(je|ich)) (\w+ ){0,3}(dane|danych|danymi|informacj\w+)\b`, `(o mnie|na moj temat|moj\w+ osob\w+|mnie dotycz\w+|dotycz\w+ mnie)\b`, `(dane|danych) osobow\w+`,
	`(meine[nrs]?) (\w+ ){0,6}(daten|angaben|informationen)\b`, `(informationen|daten|angaben) uber mich\b`, `(uber mich|zu mir|von mir|(zu|uber) meiner? person)\b`, `personenbezogen\w+`,
)

// ownName is what a rectification is mostly about.
var ownName = either(
	`(my|our) (\w+ ){0,2}(name|surname|address|job title|title|position|phone number|company name)\b`, `on file for me\b`,
	`(moj\w*|nasz\w*) (\w+ ){0,2}(nazwisk\w*|imi\w+|adres\w*|stanowisk\w*|numer\w*|nazw\w+)\b`,
	`(mein\w*|unser\w*) (\w+ ){0,2}(\w*name\w*|adresse|anschrift|titel|telefonnummer|position)\b`, `(anschrift|adresse|name), (die|den) sie von mir\b`,
)

// asks is how a right is demanded, beside the wishes of compose.go.
var asks = either(
	`^(\w+ ){0,2}(delete|erase|wipe|purge|restrict|freeze|correct)\b`, `(request|demand|insist|require|exercise|invoke|invoking|exercising|tell me|let me know|send me|give me|show me|would like|could you|can you|then|must|pursuant|under art\w*)\b`,
	`(chcialb\w+|prosz\w+|zadam|wnosz\w+|korzystam|skorzystac|napisac|podac|podstawie|wykonuj\w+|potem|zgodnie)\b`,
	`(beantrag\w+|verlang\w+|forder\w+|teilen|schicken|geben|gemass|nach art|mochte\w*|anschliessend|danach|\w+en sie)\b`,
)

// does is what each right does to the data.
var does = map[consent.Right]*phrases{
	consent.RightAccess: either(
		`(what|which|whether|everything|where|why|who)\b[^.?!]{0,60}\b(have|hold|keep|store|stored|process|processed|know|collect|collected|got|receives?)\b`,
		`(jaki\w+|co|skad|czy|ktore)\b[^.?!]{0,60}\b(przetwarza\w*|przechowuj\w+|macie|maja|wiecie|posiada\w*|zapisan\w+|zebra\w+)\b`, `(udostepni\w+|przedstawi\w+|ujawni\w+|wykaz\w*) `, `dostep\w* do\b`,
		`(was|welche|woher|ob|wozu)\b[^.?!]{0,60}\b(gespeichert|speicher\w+|verarbeit\w+|wissen|haben|vorlieg\w+|gesammelt)\b`, `(auskunft|datenauskunft)\b`, `(zukommen|offenleg\w+|mitteil\w+)\b`,
	),
	consent.RightCopy:     either(`cop(y|ies)\b`, `(kopi[aeio]\w*|odpis\w*)\b`, `(kopien?|datenkopie|abschrift)\b`),
	consent.RightRectify:  either(`(correct|rectif\w+|amend|corrected|out of date|outdated|wrong|misspel\w+)\b`, `(sprostow\w+|popraw\w*|skoryg\w+|bledn\w+|nieaktualn\w+|zaktualiz\w+)\b`, `(bericht\w+|korrig\w+|korrektur|falsch|veraltet|stimmt nicht)\b`),
	consent.RightErase:    either(`(delete|erase|erasure|deletion|wipe|destroy|purge|deleted|erased)\b`, `(usun\w*|skasow\w*|wykasow\w*|skasuj\w*|wymaz\w*|zniszcz\w*)\b`, `(losch\w*|geloscht|vernicht\w*)\b`),
	consent.RightRestrict: either(`(restrict\w*|freeze|not use (them|it|my \w+) for any\w*)\b`, `(ogranicz\w+|zablokow\w+|zamrozi\w+)\b`, `(einschrank\w+|einzuschranken|eingeschrankt|sperr(en|ung|t))\b`),
	consent.RightPortability: either(`(transfer|transmit|port) [^.?!]{0,40}\b(to|into)\b`, `(json|csv|xml)\b`, `(przenies\w+|przenoszen\w+|przekaz\w+ [^.?!]{0,40}(dostawc|firmie))`,
		`(ubertrag\w+|ubermitt\w+)\b`, `(gangigen|strukturiert\w*) `),
	consent.RightObject: either(`(object|objection) (to|against)\b`, `sprzeciw\w*\b`, `widersp(ruch|reche|rechen)\b`),
}

// spared is data that is not to be erased.
var spared = either(
	`(do not|don'?t|never|not) (\w+ ){0,2}(delete|erase|wipe|destroy|purge|remove)\b`,
	`nie (\w+,? ){0,6}(skasow\w+|usuw\w+|usun\w+|kasow\w+|kasuj\w*|wymaz\w+)`,
	`(losch\w+|vernicht\w+)( \w+){0,4} nicht\b`, `(nicht|keine) (\w+ ){0,3}(losch\w+|geloscht)\b`,
)

// meant points at what a sentence beside it names.
var meant = either(`(it|them|these|this|everything|which|of it)\b`, `(je|go|te|tych|wszystk\w+|danych|co|skad)\b`, `(diese|sie|das|alles|deren|dies|was|meine[rn]?)\b`, `art\w*\.? ?1[5-8]`)

// thing is what trade corrects, beside a name and an address of its own.
var thing = either(`(prices?|order|contract|invoice|quote|offer|delivery)\b`, `(cen(a|e|y)|zamowieni\w+|umow\w+|faktur\w+|ofert\w+)\b`, `(preis\w*|angebot\w*|bestellung|vertrag|rechnung|lieferschein)\b`)

// byParts reports whether a sentence that asks for something asks for this right.
func byParts(right consent.Right, s string, near named) bool {
	act := does[right]
	if act == nil || !act.MatchString(s) || right == consent.RightErase && spared.MatchString(s) {
		return false
	}
	beside := meant.MatchString(s)
	return beside && near.data || ownData.MatchString(s) ||
		right == consent.RightRectify && (beside && near.name || ownName.MatchString(s)) && !thing.MatchString(s)
}

// named is what of the writer's a paragraph names; it is found once for all its sentences.
type named struct{ data, name bool }

func names(paragraph string) named {
	return named{ownData.MatchString(paragraph), ownName.MatchString(paragraph)}
}

// refusal is a no to what we offer, to how often we write, or to whom. It is no
// stop, but the next mail of a series would not hear it: a person reads it first.
// Asking where we have an address from is a right (access) and no refusal.
var refusal = either(
	`(not|no longer|never|isn'?t|aren'?t) (\w+ )?interested\b`, `no interest\b`, `no,? thank(s| you)\b`, `(thanks|thank you)( \w+)?,? (but )?(no|not)\b`, `not (for us|the right (person|contact)|responsible)\b`, `wrong (person|contact|department)\b`, `no (need|use|demand|budget) (for|of)\b`, `(someone|somebody) else\b.*`, `(different|another|other) (supplier|provider|vendor)\b`, `(too|rather|so|very) (often|frequently|many (e-?mails?|mails?|messages))\b`, `another (one of these|e-?mail|mail)\b`, `once (a|every) (year|month|quarter) `, `(left|leaving) the (\w+ )?(team|department|company)\b`, `spare (me|us)\b`, `last (one|e-?mail|mail|message)\b`, `any more of (these|this|your)\b`, `(nobody|no one) [^.?!]{0,40}(writes?|contacts?|e-?mails?|mails?)\b`,
	`(unwanted|unwelcome|uninvited)\b`, `nothing (more )?from you\b`, `(off|out of) your (\w+ )?(list|mailing|database|system)\b`,
	`(niechcian|niepozadan|nieproszon|niezamowion)\w+`, `\w*zasmieca\w+`, `skresl\w* (mnie|nas)?`, `koniec z (\w+ )?(mail|wiadomosci|spam|ofert)\w*`, `nie jestem (\w+ )?odpowiedni\w+`, `nie (nagabuj\w+|nekaj\w*|zawracaj\w*)`,
	`unerwunscht\w*`, `(raus|heraus|weg) (aus|von) (ihr|eur|dies)\w+`, `ungefragt\w*`, `unaufgefordert\w*`, `(lastig|nervt|nerven)\b`,
	`nie (jestem|jestesmy|bede|bedziemy|jest) (\w+ ){0,5}zainteresowan\w+`, `(nie,? dziekuj\w+|dziekuj\w+,? (ale )?nie\b)`, `nie interesuj\w+ (mnie|nas)`, `(pomyli\w+|pomylk\w+)`, `nie zajmuj\w+ sie`, `sie nie zajmuj\w+`, `(za|zbyt) (czesto|duzo|wiele)\b`, `szkoda (\w+ )?(czasu|fatygi)`, `nikt (\w+ )?nie czyta`, `odezwac sie\b.* po\b`, `nie mam\w* (\w+ )*(glowy|potrzeby|zapotrzebowania|budzetu)`, `(mamy|wybralismy) (\w+ ){0,2}(stalego|innego) dostawc\w+`, `oszczedz\w* (mi|nam)\b`, `(mi|nam) oszczedzic\b`, `ostatni\w* (wiadomosc|mail|e-?mail)\b`, `(do )?(nas|mnie) nie pisa\w+`, `nie pisal\w*\b`,
	`kein(en|erlei)? (\w+ )?(bedarf|interesse)\b`, `nein,? (vielen )?danke\b`, `nicht (\w+ )?(interessiert|zustandig)\b`, `(anderen|anderer) (anbieter|lieferant\w*)\b`, `(sind|bin) [^.?!]{0,30}\b(falsch|der falsche|die falsche)\b`, `nicht (der|die) richtige`, `schon wieder\b`, `wirklich jede\w* (woche|tag|monat)\b`, `fruhestens\b`, `bestens versorgt\b`, `zu (oft|haufig|viele (mails|e-?mails))\b`, `verschon\w+ (sie )?(mich|uns)\b`, `losch\w+ sie( \w+){0,3} \w*adresse\b`,
)

// trade is a no that is followed by a yes, or that is said of a thing.
var trade = either(
	`(but|however|instead)\b.*\b(would|will|one|please|send|price)\b`, `what'?s the price\b`, `interested in (the|your) (\w+ )?(version|model|colou?r|variant|size)\b`,
	`ale\b.*(prosz\w+|bierzemy|biore|chcemy|wezm\w+)`, `(cen\w+|wycen\w+|zamowieni\w+|faktur\w+|dostaw(a|e|y))\b`,
	`(aber|sondern)\b.*(gern\w*|bitte|hatten|nehmen)\b`, `(preis\w*|rechnung|bestell\w+|lieferung\w*|ware)\b`,
)

// refuses reports whether a sentence says no to our mails without a word of stopping.
func refuses(s string) bool {
	return refusal.MatchString(s) && !trade.MatchString(s) && !strings.Contains(s, "http")
}

// umlauts is how German is typed without its letters, where a stem of ours has one.
// Folding every "oe" would break words of the other languages.
var umlauts = strings.NewReplacer("loesch", "losch", "moecht", "mocht", "wuensch", "wunsch", "hoer", "hor", "kuenft", "kunft", "zukuenft", "zukunft", "ueber m", "uber m", "koenn", "konn", "wuerd", "wurd", "uebertrag", "ubertrag", "uebermitt", "ubermitt", "schraenk", "schrank", "belaestig", "belastig", "persoen", "person", "fuer ", "fur ")
