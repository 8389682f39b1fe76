package intent

import (
	"regexp"
	"strings"

	"zgoda/consent"
)

// answer is a subject that was ours first.
var answer = regexp.MustCompile(`^(re|odp|aw|antw|sv|fwd?|pd|wg)(\[\d+\])? ?:`)

// polite is what stands around a demand and changes nothing of it.
var polite = regexp.MustCompile(`^(please|pls|kindly|hi|hello|hallo|dear sirs?|dzien dobry|witam|prosze|prosze o|bitte|guten tag|hey|just|now|ok|okay)\b[ ,.!:-]*|[ ,.!:-]*\b(please|pls|thanks|thank you|thx|many thanks|dziekuje|dzieki|prosze|danke|vielen dank|bitte|now|immediately|natychmiast|teraz|sofort|already|at once)$`)

// bareStop is a whole line or sentence that is nothing but a stop.
var bareStop = complete(
	`(stopp?[ ,.!]*)+`, `(no|no more) (follow[ -]?ups?|e-?mails?|mails?|messages|contact|spam)`, `(i have |i've )?(told|asked) you( already)?:? no (e-?mails?|mails?)`, `stop (it|this|that|now|everything|all|mail|mails|e-?mails?|e-?mailing|mailing|spam|spamming|writing|contact|contacting me|messages)`, `(i|we) (want|wish|would like|'d like) (you )?to stop`,
	`unsubscribe( me| us)?`, `unsubscribed`, `opt[ -]?out`, `opt me out`, `remove( me| us)?`, `delete me`, `take me off`, `no more( e-?mails?| mails?| messages)?`, `end`, `quit`, `cancel subscription`,
	`wypisz(cie)?( mnie| nas)?`, `wypisac( mnie| nas)?`, `mnie wypisac`, `wypis`, `wypisanie`, `rezygnuje`, `rezygnacja`, `usun(cie)?( mnie| nas)?`, `usunac( mnie| nas)?`, `nie pisz(cie)?( wiecej| juz)*`, `nie pisac( wiecej| juz)*`, `sprzeciw`, `koniec`, `przestan(cie)?`, `przestac`, `stop (reklamom|reklama|mailom|wiadomosciom|spamowi)`,
	`abmelden`, `abmeldung`, `austragen`, `abbestellen`, `abbestellung`, `loschen`, `widerspruch`, `keine (mails|e-?mails|werbung|nachrichten)( mehr)?`, `aufhoren`, `nicht mehr schreiben`,
)

// mails is what people call what we send; Polish in its cases.
const mails = `(e-?mails?|mails?|mailings?|messages?|spam|newsletters?|adverts?|advertising|ads|marketing|promotions?|offers?|solicitations?|communications?|correspondence|anything|stuff|rubbish|junk)`

const pisma = `(wiadomosci|maili|mejli|e-?maili|mailow|e-?mailow|mejlow|korespondencji|reklam\w*|ofert\w*|informacji|informacje|spamu|newslettera|newsletterow|mailingu|mailingow|kontaktu|subskrypcji|otrzymyw\w+|dostawa\w+|propozycji|maile|emaile|wysylk\w+|niczego|nic)`

const briefe = `(e-?mails?|mails?|nachrichten|werbung|werbemails?|werbe-?e-?mails?|newsletters?|angebote|zuschriften|post|kontaktaufnahme\w*|mailings?|zusendungen|informationen|spam)`

// clear is what no reasonable reader doubts, when doubts finds nothing beside it.
var clear = either(
	// English
	`unsubscribe (me|us|this|my|our|from)\b`, `unsubscribe$`, `(please|kindly|to) unsubscribe\b`, `(opt|opting) (me |us )?out (of|from)\b`, `(want|wish|like) to opt[ -]?out\b`, `(i|we) (hereby )?opt out\b`,
	`(remove|take|strike|drop|cross|scratch|delete|erase|exclude) (me|us|my (\w+[ -]){0,3}|our (\w+[ -]){0,3})(\w+ )?(off|from|out of)\b`, `remove (me|us)\b`, `take (me|us) off\b`, `(be|been|get|getting) (removed|taken off|deleted) from (your|the|this|any)\b`,
	`(do not|don'?t|never|not to|no longer) (ever )?(write|contact|e-?mail|mail|message|bother|spam|approach|disturb)( to)? (me|us)\b`, `(do not|don'?t|never) (ever )?(write|contact|e-?mail|mail)( to me| to us| me| us)? (again|any ?more|any further)\b`, `(do not|don'?t|never) send (me |us )?((any|more|further|such|these|those|this|your|unsolicited|again|anything|all) ?)*`+mails+`\b`, `(do not|don'?t|never) send (me|us) (this|that|these|those|such|any more|any of)\b`,
	`stop (writing|e-?mailing|mailing|contacting|spamming|messaging|bothering|harassing|pestering)( to)? (me|us)\b`, `stop (writing|e-?mailing|mailing|spamming|contacting)( please)?[.!]*$`, `stop sending( me| us)?( (any|more|further|such|these|those|this|your|unsolicited|all|of|the))* `+mails+`\b`, `stop sending( me| us)?( this| these| that| it)?[.!]*$`, `stop (all |these |those |your |the |this |with (the|your|these) )+`+mails+`\b`,
	`^(please |and |but |so |thanks,? |thank you,? |no,? |hello,? |hi,? )*no (more|further) (of )?(these |such |your |more )?`+mails+`\b`, `(want|wish|like) no (more|further) `+mails+`\b`, `leave (me|us) alone\b`, `leave (me|us) in peace\b`,
	`(i|we) (do not|don'?t|no longer|did not|never) (want|wish|care|would like|ask|consent)( to)? (receive|get|be (contacted|written to|e-?mailed|approached|on your)|hear from you|have (any )?contact|receiving|getting)\b`, `(i|we) (do not|don'?t|no longer) want (you )?(to )?(any|your|more|further|these|those|such|this|write|contact|e-?mail)( more| further)? ?(`+mails+`|to me|me|us)\b`, `rather not (receive|get|hear|be contacted)\b`, `(i|we) do not (consent|agree) to (being|receiving|be|further|any|your|you) ?(contact|contacted|written|e-?mail|e-?mailed|marketing|mail|messages|writing)?`,
	`(i|we) (hereby |formally |strongly )?object to (the |any |further |all |your |being |receiving |you )*(processing|use|using|usage|storage|direct marketing|marketing|contact|contacted|e-?mail|e-?mails|mail|mails|messages|writing|storing|profiling)\b`, `^(i|we) (hereby )?object[.!]*$`, `cease (and desist|(all |any |further |sending )*(contact|communications?|e-?mails?|mails?|messages|marketing))\b`, `(do not|don'?t|stop) (use|using) (my|our) (e-?mail |personal |contact )*(address|data|details)\b`, `keep me (off|out of)\b`, `lose my (e-?mail|address|number)\b`, `never (want to )?hear from you\b`,
	`(delete|erase|remove|destroy|wipe) (all |of |any |the |please )*(my|our) `+data, `(delete|erase|remove|wipe) (all |any )?(the )?(personal )?(data|information|details) (that )?(you (have|hold|keep|store) )?(about|on|concerning|of) me\b`, `have (all )?(my|our) (personal )?(data|details|address|record|information) (deleted|erased|removed)\b`,
	`(refrain|desist) from (contact|writ|e-?mail|mail|send|messag|approach)\w*( to)? (me|us|my|our|any|further)\b`, `(receive|get|want|accept) no (further|more) (\w+ )?`+mails+`( from you)?\b`, `(want to|wish to|need to|care to) (ever )?hear from you( again| any ?more)?\b`, `(remove|delete|strike|take|erase) (this|my|our) (e-?mail |mail )?address (from|off|out of)\b`, `(may|must|can|should) not use my (e-?mail |mail )?(address|data|details)\b`, `strike (me|us) (from|off)\b`, `no follow[ -]?ups?( please)?[.!]*$`, `(ask|asked|request|requested|told|tell) you (not|never) to (contact|write|e-?mail|mail|bother|approach)\b`, `forget me\b`, `(delete|erase|remove|wipe|destroy) (every piece|all|everything|anything|any)( of)?( the| my| personal)*( data| information| details)? ?(that )?you (have|hold|keep|store|know)( stored)? (about|on|of) (me|us)\b`, `(do not|don'?t|never) (ever )?(send|mail) me (mail|e-?mail|anything|messages)\b`, `stop mailing us\b`,
	// Polish
	`(prosze|prosimy)( \w+){0,2} o (niewysylanie|nieprzysylanie|nieprzesylanie|niekontaktowanie|niepisanie|zaniechanie|zaprzestanie|wstrzymanie)\b`, `(zostawcie|zostaw|prosze zostawic)( mnie| nas) w spokoju\b`, `nie kontaktuj(cie)? sie( wiecej| juz)*( ze mna| z nami)\b`, `nie (wysylac|przysylac|przesylac)( mi| nam| juz| wiecej)* (nic|niczego|takich rzeczy|tych rzeczy|tego)\b`, `(mi|nam) (juz |wiecej )*(nic|niczego) (juz |wiecej )*nie (wysylac|przysylac|przesylac)\b`, `nie wyraza(m|my) zgody na (przesylanie|wysylanie|przysylanie|otrzymywanie|kontakt)`, `(wykreslic|wykreslenie|wykreslcie|usunac|usuniecie|usuncie) (mojego |moj |naszego |nasz |ten |tego )?adresu?( e-?mail\w*)? z (\w+ )?(listy|bazy|mailingu|newslettera)`, `(prosze|prosimy) o (wykreslenie|usuniecie|wypisanie) (mnie |nas )?z (\w+ )?(bazy|listy)`, `praw\w+ do bycia zapomnian\w+`, `(skasowac|usunac|skasujcie|usuncie|wykasowac) (wszystko|wszystkie dane),? (\w+ )?(co|ktore)( \w+){0,3} (o mnie|na moj temat)`,
	`(wypisz(cie)?|wypisac|wypisanie|wypisania|wypisz\w*|wykresl\w*|skresl\w*|usun(cie)?|usunac|usuniecie|usuniecia|skasuj\w*|skasowac|wykasuj\w*|wykasowac|wyrzuc\w*) (prosze |natychmiast |wreszcie |juz )*(mnie|nas)\b`, `(mnie|nas) (prosze |juz |natychmiast )*(wypisac|wykreslic|skreslic|usunac|skasowac|wykasowac)\b`, `(prosze|prosimy|chce|chcialbym|chcialabym|chcemy) (bardzo |uprzejmie |o |sie |mnie |nas )*(wypisac|wypisanie|wykreslic|wykreslenie|usuniecie|usunac|skreslenie) (sie )?z (\w+ )?(listy|bazy|mailingu|newslettera|subskrypcji|bazy danych|wysylki)\b`, `wypisuje(my)? sie\b`, `(chce|chcialbym|chcialabym|chcemy) sie wypisac\b`, `(prosze|prosimy) (o )?(wypisanie|wypisac)[.!]*$`, `(usunac|usuniecie|usun|usuncie|wypisac|wypisz) z (\w+ )?(listy|mailingu|newslettera|bazy)\b`,
	`nie zycz(e|ymy) sobie( \w+){0,4} `+pisma+`\b`, `nie zycz(e|ymy) sobie( tego| takich| czegos takiego)?[.!]*$`, `nie zycz(e|ymy) sobie,? (zeby|aby|by)( \w+){0,4} (pisa\w+|kontaktowa\w+|wysyla\w+|przysyla\w+)\b`,
	`nie (pisac|mailowac|nekac|niepokoic|spamowac|zasmiecac|kontaktowac)( sie| juz| wiecej| do mnie| do nas| mnie| nas| ze mna| z nami| na ten adres)*([.,!]|$)`, `(prosze|prosimy|blagam)( \w+){0,3} nie (pisac|kontaktowac sie|mailowac|nekac)( juz| wiecej| sie)*( do (mnie|nas)| ze mna| z nami)\b`, `nie (wysylac|przysylac|przesylac|wysylaj|wysylajcie|przysylaj|przysylajcie|przesylajcie|slijcie|slij)( mi| nam| juz| wiecej| do mnie| do nas| takich| tych| zadnych| zadnej| dalszych| kolejnych| tego typu| swoich| panstwa)* `+pisma+`\b`, `nie (wysylac|przysylac|przesylac|wysylajcie|przysylajcie)( mi| nam| juz| wiecej| do mnie| do nas)+[.!]*$`,
	`nie pisz(cie)?( juz| wiecej| do mnie| do nas)+\b`, `niech (pani|pan|panstwo)( juz| wiecej)* (nie pisze|nie pisza|przestanie|przestana)\b`, `przestan(cie)?( juz| wreszcie| mi| nam| mnie| do mnie| do nas)* (pisac|wysylac|spamowac|przysylac|nekac|zasmiecac)\b`, `(prosze|prosimy)( o| juz| natychmiast| niezwlocznie| bardzo)* (zaprzestani\w+|przestac|zaprzestac|zakonczyc|zakonczenie)( \w+){0,3} (wysyl\w+|pisa\w+|pisani\w+|przesyl\w+|kontakt\w+|korespond\w+|nekani\w+|przysyl\w+)`, `(daj|dajcie|prosze dac|prosze mi dac|dac)( mi| nam)?( juz)?( swiety)? spokoj\b`, `(odczep|odwal)(cie)? sie\b`,
	`(rezygnuj\w+|rezygnacj\w+|rezygnowac) z( \w+){0,3} `+pisma+`\b`, `nie (chce|chcemy|chcialbym|chcialabym)( juz| wiecej| dalej| od panstwa| od was| od pani| od pana)* (otrzymywac|dostawac|odbierac|miec)( \w+){0,4} `+pisma+`\b`, `nie (chce|chcemy)( juz| wiecej| zadnych| zadnego| takich| waszych| panstwa| dalszego| dalszych| pani| pana| tych)+ `+pisma+`\b`, `nie (chce|chcemy),? (zeby|aby|by|zebyscie|abyscie)( \w+){0,4} (pisa\w+|pisali|kontaktowa\w+|wysyla\w+)\b`,
	`(wnosze|skladam|zglaszam|wyrazam|wnosimy|skladamy)( niniejszym| stanowczy)* sprzeciw\b`, `sprzeciwiam(y)? sie( \w+){0,3} (przetwarzani\w+|wykorzyst\w+|uzywani\w+|wysylani\w+|otrzymywani\w+|marketing\w+|takim|dalszym|dalszemu|kontakt\w*|przechowywani\w+|profilowani\w+)\b`, `^(niniejszym )?sprzeciwiam sie[.!]*$`, `nie (wyrazam|wyrazamy|wyrazilem|wyrazilam) zgody na( \w+){0,3} (kontakt\w*|wysyl\w+|otrzymyw\w+|marketing\w*|informacj\w+|wiadomosci|pisanie|korespondencj\w+|mail\w*)\b`, `(prosze|prosimy) nie (wykorzystywac|uzywac|przetwarzac)( juz| wiecej)* (mojego|mojej|moich|naszego|naszych)\b`, `^(prosze |blagam )*zadnych (wiecej |dalszych |kolejnych )?(maili|wiadomosci|ofert|reklam)`,
	`(usunac|usuniecie|usuniecia|usun|usuncie|skasowac|skasowanie|skasujcie|wykasowac|wykasujcie|wykreslic|wykreslenie|zapomnijcie|wymazac)( prosze| natychmiast| niezwlocznie| wszystkich| wszystkie| calkowicie)* (mo[ji]\w*|nasz\w*|mych) `+dane, `(usunac|usuniecie|usuncie|skasowac|skasowanie|wykasowanie)( \w+){0,2} (dane|danych) (osobow\w+ )?(dotyczac\w+ mnie|na moj temat|o mnie)\b`, `(usunac|usuniecie|usun|usuncie|wykreslic|wykreslenie) (adres\w* (e-?mail|mailow\w+)|ten adres|tego adresu)( z (bazy|listy|mailingu))`,
	// German
	`sehen sie( \w+){0,3} von (weiteren|jeglichen|allen|kunftigen)( \w+)? ?(kontaktaufnahmen?|mails?|e-?mails?|nachrichten|schreiben|zusendungen|anfragen|angeboten)( \w+){0,2} ab\b`, `(bitte )?(nicht|nie) (mehr|wieder) (bei mir |bei uns )?melden\b`, `melden sie sich( bitte)? (nicht|nie) (mehr|wieder)\b`, `(uns|mir)( \w+){0,3} keine (\w+ ){0,2}(mehr )?(zuzusenden|zu senden|zu schicken|zu schreiben)\b`, `(keine|nie) (weiteren |mehr |solchen )+`+briefe+`[.!]*$`, `von ihnen nichts mehr horen\b`, `unterlassen sie es,? (mir|uns|mich) (zu |an)\w+`, `(mochte|mochten|will|wollen)( \w+){0,5} (ausgetragen|abgemeldet|gestrichen|geloscht|entfernt) werden\b`, `(aus|von) (ihrer|eurer|der) (datenbank|kartei|liste)\b.*(nehmen|streichen|loschen|entfernen)|nehmen sie (mich|uns)( \w+){0,2} aus (ihrer|eurer)\b`, `(alle|samtliche)( \w+){0,4} (zu|von) (meiner person|mir) (\w+ )?gespeicherten (\w+ )?(daten|angaben)( \w+){0,3} (zu )?loschen`,
	`(tragen|nehmen|streichen|entfernen|loschen|melden|schmeissen|werfen) sie (bitte |umgehend |sofort )*(mich|uns)\b`, `(mich|uns) (bitte |sofort |umgehend |wieder )*(aus|von)( \w+){0,3} (verteiler\w*|liste|mailingliste|datenbank|newsletter|adressliste|kartei)\b`, `(mich|uns) (bitte |sofort |umgehend |wieder |von \w+ \w+ )*(abmelden|austragen|abzumelden|auszutragen)\b`, `(ich|wir) (mochten?|will|wollen|wurden?)( \w+){0,5} (abmelden|austragen|abbestellen)\b`, `(melde|trage|bestelle)( \w+){0,4} (newsletter|verteiler|mailingliste)( \w+)? (ab|aus)\b`, `melde mich (hiermit |hier )?(\w+ ){0,3}ab\b`, `(newsletter|mails?|e-?mails?|werbung) (bitte )?(abbestellen|abmelden|einstellen)\b`, `(aus|von) (ihrem|ihrer|dem|der|eurem|eurer|diesem) (\w+-?)?(verteiler|mailverteiler|mailingliste|adressliste|kundenkartei|datenbank|liste) (zu )?(nehmen|streichen|loschen|entfernen|austragen)\b`,
	`(senden|schicken|mailen|schreiben) sie (bitte )?(mir|uns) (bitte |kunftig |in zukunft |ab sofort |zukunftig )*(keine|nichts)\b`, `(ich|wir) (mochten?|will|wollen|wunschen?|verbitte|verbitten)( \w+){0,6} (keine\w*|nichts)( \w+){0,2} ?(`+briefe+`|von ihnen|mehr)`, `(ich|wir) (mochten?|will|wollen|wunschen?)( \w+){0,5} (nicht|nie) (mehr |weiter |wieder |langer )?(kontaktiert|angeschrieben|belastigt|von ihnen)`, `^(bitte |ab sofort |und |danke,? )*keine (weiteren |mehr |solchen |solche |ihrer )*`+briefe+`\b`, `bitte (mir |uns )?keine (weiteren |mehr |solchen |solche )*`+briefe+`\b`, `(ich )?verbitte mir\b`,
	`(schreiben|kontaktieren|belastigen|mailen) sie (mir|uns|mich)( \w+){0,3} (nicht|nie)( mehr| wieder| weiter| langer)?\b`, `(mich|uns|mir)( \w+){0,2} (nicht|nie) (mehr|weiter|wieder|langer) (zu |an)?(schreiben|kontaktieren|anzuschreiben|belastigen|mailen|anschreiben)\b`, `bitte (nicht|nie) (mehr|weiter|wieder) (an)?(schreiben|kontaktieren|mailen)\b`, `(horen|hor|hort) (sie )?(bitte |endlich )*(auf|damit auf)\b.*(mail|schreib|schick|send|werb|spam|belast|kontakt)`, `(lassen|lass|lasst) (sie )?(mich|uns)( \w+){0,2} in (ruhe|frieden)\b`, `unterlassen sie( \w+){0,5} `+briefe+`\b`, `(von )?weiteren?( \w+)? (e-?mails?|mails|nachrichten|kontaktaufnahmen|zusendungen|anfragen|schreiben) (bitte )?(abzusehen|absehen|verzichten|unterlassen|zu unterlassen)\b`, `(mails|e-?mails|werbung|zusendung|kontaktaufnahme)( \w+){0,3} (zu unterlassen|unterlassen|einstellen|einzustellen)\b`,
	`(widerspreche|widersprechen)( \w+){0,2} (der|jeder|jeglicher|dem|einer|ihrer|diesem|weiterer)( \w+){0,5} ?(nutzung|verarbeitung|verwendung|zusendung|werbung|kontaktaufnahme|speicherung|direktwerbung|weitergabe|werbezwecken|profiling|datenverarbeitung)\b`, `^(hiermit )?(widerspreche|ich widerspreche)( ich)?( hiermit)?[.!]*$`, `(lege|legen|erhebe)( \w+){0,2} widerspruch (ein |gegen (die|jede|eine)( \w+){0,3} (nutzung|verarbeitung|verwendung|werbung|direktwerbung|speicherung))`, `(lege|legen)( ich)?( hiermit)? widerspruch ein[.!]*$`, `widerspruch (gemass|nach) art`, `widerspruch gegen (die |jede |weitere )*(nutzung|verarbeitung|verwendung|werbung|direktwerbung|speicherung|zusendung)`,
	`(loschen|entfernen|vernichten|streichen) sie( \w+){0,4} (meine[nrs]?|unsere[nrs]?) `+daten, `(meine[nrs]?|unsere[nrs]?) `+daten+`( \w+){0,7} (zu )?(loschen|entfernen|vernichten|streichen|geloscht)\b`, `loschung (all |aller |samtlicher )?(meiner|unserer) `+daten, `(verwenden|nutzen) sie (meine|unsere) (e-?mail-?)?(adresse|daten|mailadresse)( \w+){0,3} nicht\b`,
)

// data, dane and daten are what is kept of a person, in three languages.
const (
	data  = `((personal |contact |e-?mail |private |business |own )*(data|details|address|addresses|records?|information|info|contacts?|profile)|e-?mail (from|off)|name and)\b`
	dane  = `((wszystkie |wszystkich )?(osobow\w+ |kontaktow\w+ |e-?mail\w* |mailow\w+ |sluzbow\w+ )*(dane|danych|adres|adresu|adresy|e-?mail|mail|maila|kontakt|kontaktu|rekord\w*|informacj\w+|profil\w*|numer|imie|nazwisko))\b`
	daten = `((personenbezogenen? |personlichen? |gespeicherten? |samtlichen? |geschaftlichen? )*(daten|e-?mail-?adresse|mail-?adresse|adresse|adressdaten|kontaktdaten|kontakt|angaben|e-?mail)\b)`
)

// doubtful is every word of stopping, in whatever company.
var doubtful = either(
	`stopp?\b`, `unsubscri\w+`, `opt(ed|ing)?[ -]?out\b`, `remove (me|us|my|our)\b`, `(do not|don'?t|never)( call)?( or)? ?(write|contact|e-?mail|mail|send|message)\b`, `no (more|further) (e-?mails?|mails?|messages|contact)\b`, `leave (me|us) alone\b`, `spam\w*`, `(i|we) object\b`, `mailing list\b`, `(do not|don'?t|no longer) (want|wish)( to)? (receive|be contacted|hear)\b`, `cease\b`, `(delete|erase|remove) (all )?(my|our) `+data, `(never|not|n't) (consent|agree|subscribe|sign|signed|gave|given|give|ask|asked)(ed)?( up| my)? ?(to|for|you|consent|permission|up)\b`, `harass\w*`, `unsolicited\b`,
	`wypis(z|zcie|ac|anie|uj|ujcie|uje|ujemy|ania)( \w+)?( mnie| nas| sie| z listy| z bazy| z newslettera)`, `(mnie|nas|sie) wypisac\b`, `nie (pisz|piszcie|pisac|wysylac|wysylaj\w*|przysylac|przysylaj\w*|przesylac|kontaktowac|nekac)\b`, `nie zycz\w+ sobie\b`, `nie (chce|chcemy)( \w+){0,3} (wiadomosci|maili|kontaktu|ofert|reklam|otrzymywac|dostawac)\b`, `rezygn\w+ z (\w+ )?(listy|kontaktu|uslug|wspolpracy|subskrypcji|newslettera)`, `sprzeciw\w*`, `(usun|usuncie|usunac|usuniecie|skasowac|skasujcie)( \w+){0,2} (mnie|nas|mo[ji]\w*|nasz\w*)\b`, `nie wyrazam\w* zgody\b`, `(mi|nam) spokoj\b`, `nekan\w*`,
	`abmeld\w*`, `abzumelden\b`, `austragen\b`, `auszutragen\b`, `abbestell\w*`, `widerspr(uch|eche|echen)\b`, `(nicht|nie) (mehr|weiter|wieder|langer)( \w+)? (schreiben|kontaktieren|anschreiben|anzuschreiben|kontaktiert|angeschrieben|mailen)\b`, `(schreiben|kontaktieren|mailen|schicken|senden) sie( \w+){0,4} (nicht|keine)\b`, `keine (weiteren |mehr )?(e-?mails?|mails?|nachrichten|werbung|newsletter)\b`, `(loschen|entfernen|streichen) sie( \w+){0,3} (mich|uns|meine\w*|unsere\w*)\b`, `in ruhe (zu )?lassen\b`, `lassen sie (mich|uns)\b`, `unterlass\w*`, `belastig\w*`, `(von )?ihrer liste\b`,
)

// harmless is what the words of doubtful are a part of without any doubt.
var harmless = either(`(non|one|full|bus|pit)[ -]stop\w*`, `stop(ping)? by\b`, `stop over\b`, `anti-?spam\w*`, `spam[ -](filter|folder|ordner|verdacht)\w*`, `(in|my|our|the|your|im|w|do|into) (the |den )?(spam|spamie|spamu)\b`, `(w|ze|do) spam\w*`, `(no|kein\w*|bez|zadnego|nie mam\w*|nie wnosze|nie wnosimy|nie zglaszam\w*) sprzeciwu?\b`, `widerspruchs\w+`, `object to nothing\b`, `(loschen|entfernen|streichen) sie( \w+){0,3} (meine[nrs]?|unsere[nrs]?) (letzte|vorige|vorherige|fruhere|erste|zweite)\w*`)

// askedFor is a question that is a demand: "could you …?"
var askedFor = either(`(could|would|can|will) you\b`, `czy (moglb?y\w*|moglab?y\w*|mozecie|moze|moga|mogliby\w*|moglibyscie|zechc\w+)\b`, `(konnten|konnen|wurden|konntest|kannst) sie\b`)

// doubts is what can turn a clear wish around or bound it.
var doubts = either(
	`(before|until|till|unless|whether|if|when|while|for now|at the moment|right now|this week|for the time being|instead|during|except|anymore than|only|otherwise)\b`, `(do not|don'?t|not|never) want (you )?to (stop|unsubscribe|remove|delete|opt)`, `(do not|don'?t|never|not) (\w+ ){0,2}(unsubscribe|remove|delete|take me)`, `(customers?|clients?|users?|recipients?|subscribers?|colleagues?|people who|anyone|everyone|someone|who (want|wish|say))\b`, `how (can|do|would|to)\b`, `(click|link|http)`, `but (please )?(keep|still|continue|do|send|write)\b`, `(he|she|they) (said|says|wrote|asked|asks|want)`,
	`(przed|dopoki|zanim|jesli|jezeli|gdyby|chyba ze|na razie|chwilowo|poki co|tymczasem|zamiast|tylko|oprocz|dopiero|lecz|ale (prosze )?(nadal|dalej|wciaz))\b`, `do (poniedzialku|wtorku|srody|czwartku|piatku|soboty|niedzieli|konca|jutra|stycznia|grudnia|\d)`, `nie (\w+ ){0,2}(wypisuj|wypisywac|usuwac|usuwaj|wykresla|sprzeciwia|wnosz\w+ sprzeciw|skladam\w* sprzeciw)`, `(klien\w+|odbiorc(a|y|om|ami)|uzytkowni\w+|subskrybent\w+|kontrahent\w+)\b`, `jak (moge|mozna|moglbym|moglabym|sie|usunac)\b`, `(kliknij|kliknac|klikajac|linku?)\b`, `(faktur\w*|paczk\w*|zamowieni\w*|poczt(a|y)\b|kurier\w*|probk\w*|dokument\w*|umow\w*)`,
	`(bevor|bis|falls|wenn|sofern|ob|solange|ausser|vorerst|zunachst|momentan|derzeit|sondern|nur|statt|stattdessen|jedoch)\b`, `vor (montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|dem|der|weihnachten|januar|\d)`, `(abmelden|austragen|loschen|entfernen|streichen)( \w+){0,4} nicht\b`, `(loschen|entfernen|streichen|nehmen|tragen) sie( \w+){0,6} nicht\b`, `nicht (abmelden|austragen|loschen|abzumelden)`, `(kunde|kunden|kundin|empfanger\w*|nutzer\w*|abonnent\w*)\b`, `wie (kann|konnen|lasst)\b`, `(klicken|rechnung\w*|paket\w*|bestellung\w*|lieferung\w*)`,
	`(invoices?|parcels?|deliver\w+|samples?|paper|by post|attachments?|phone|calls?)\b`,
)

// doubted reports whether something beside a wish makes it unsure. "Could you
// please …?" is a demand, and no question.
func doubted(s string) bool {
	if asked := askedFor.FindStringIndex(s); asked != nil {
		s = strings.TrimSuffix(s[:asked[0]]+" "+s[asked[1]:], "?")
	}
	return strings.Contains(s, "?") || strings.Contains(s, `"`) || doubts.MatchString(s)
}

// degree is how surely one sentence asks us to stop.
func degree(s string) consent.Stopping {
	switch {
	case clear.MatchString(s) && !doubted(s):
		return consent.StopClear
	case clear.MatchString(s) || doubtful.MatchString(harmless.ReplaceAllString(s, " ")) || composed(s):
		return consent.StopDoubtful
	}
	return consent.StopNone
}

// tracked ends the tracking and nothing else.
var tracked = either(
	`stop tracking\b`, `end (the |all |this )?tracking\b`, `(do not|don'?t) want you to (see|know|record) (when|whether|if|that) i\b`, `(do not|don'?t|no longer|never) track\b`, `(no|without|any) (more |further )?tracking\b`, `(turn|switch) (the )?tracking off\b`, `(turn|switch) off (the |all |your )?tracking\b`, `stop (recording|measuring|counting) (when|whether|if|how)\b`, `(withdraw|revoke)( \w+){0,3} consent (to|for) (the |open |click |any )*(tracking|recording)`, `disable (the |all )?tracking\b`, `object to (the |being |any )*track`, `(do not|don'?t) want (to be|you to|any)? ?track`,
	`stop sledzeni\w+`, `(nie|przestan(cie)?|przestac)( mnie| nas| juz| wiecej)* sledz\w*`, `(wylaczyc|wylaczcie|wylaczenie|zakonczyc|bez|zaprzestac|zaprzestanie) (to )?sledzeni\w+`, `nie (chce|zycze sobie)( \w+){0,2} sledz\w+`, `(cofam|wycofuje|odwoluje)( \w+){0,3} zgode na (\w+ )?(sledzenie|rejestrowanie|zapisywanie)`, `nie (zapisujcie|zapisywac|rejestrowac),? (czy|kiedy|ile)`,
	`stopp? das tracking\b`, `(kein|keine) tracking (mehr|bitte)?`, `tracking (bitte )?(sofort )?(beenden|abschalten|abstellen|deaktivieren|einstellen|ausschalten)\b`, `(nicht|nie) (mehr |weiter )?(getrackt|verfolgt|tracken|nachverfolgt)\b`, `(schalten|stellen) sie( \w+){0,2} tracking (aus|ab|ein)\b`, `(widerrufe|widerspreche)( \w+){0,4} tracking\b`, `tracken sie (mich|meine\w*)( \w+){0,3} nicht\b`,
)

// other is tracking of something else than a reader, or a question about it.
var other = either(`track(ing)? (changes|the (parcel|order|shipment|hours|time|package)|numbers?|hours|time|sendung)`, `(sledzenie|sledzenia) (przesylk|paczk|zmian|zamowien)\w*`, `sendungsverfolgung`, `tracking[ -]?(nummer|number|code|link)`, `(do|does|are|is|czy|wer|who|kto|how|jak)( \w+){0,4} (track|tracking|sledz\w+|tracken)\b.*\?`)

// withdraws takes a consent back in so many words.
var withdraws = either(
	`(withdraw|revoke|retract|rescind|take back|withdrawing|revoking)( \w+){0,3} (consent|agreement to (receive|further)|permission|opt-in)\b`, `(wycofuje|cofam|odwoluje) ja\b`, `no longer (consent|agree) to\b`, `consent is( hereby)? (withdrawn|revoked)\b`,
	`(cofam|cofamy|wycofuje|wycofujemy|odwoluje|odwolujemy|cofnac|wycofac|odwolac|cofniecie|wycofanie|odwolanie)( \w+){0,3} (zgod[eya]|zgody)\b`, `(zgode|zgody)( \w+){0,4} (cofam|wycofuje|odwoluje|cofnac|wycofac)\b`,
	`(widerrufe|widerrufen|widerruf|ziehe|nehme)( \w+){0,5} (einwilligung|zustimmung|einverstandnis|einverstandniserklarung)\b`, `(einwilligung|zustimmung)( \w+){0,4} (widerrufe|zuruck|widerrufen|ist widerrufen)\b`,
)
