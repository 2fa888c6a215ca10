// Made by tools/unicode/emoji.py from data of Unicode, Inc.: see unicode.LICENSE.txt.

/** Name and search words of each emoji, a line each in the order of the set. */
export const names = `
grinsendes Gesicht|froh fröhlich haha lachen lol lustig Smiley
grinsendes Gesicht mit großen Augen|fröhlich glücklich lächeln lachen lol lustig Mund offen Smiley
grinsendes Gesicht mit lachenden Augen|fröhlich geschlossen glücklich lächeln lol lustig Mund offen Smiley witzig
strahlendes Gesicht mit lachenden Augen|fröhlich grinsen happy lächeln lustig Smiley Zähne
Grinsegesicht mit zugekniffenen Augen|geschlossen grinsen haha hehe hihi lachen lol lustig Mund offen Smiley witzig
grinsendes Gesicht mit Schweißtropfen|lächeln lachen lustig Mund nervös offen schwitzen Smiley
sich vor Lachen auf dem Boden wälzen|Gesicht haha hehe lol lustig muahaha rofl Smiley Tränen witzig
Gesicht mit Freudentränen|fröhlich haha happy hehe hihi lachen lol lustig muahaha rofl Smiley witzig
leicht lächelndes Gesicht|Smiley
umgekehrtes Gesicht|auf dem Kopf lächeln Smiley stehen
zwinkerndes Gesicht|Auge flirten sexy Smiley zudrücken zugedrückt zukneifen zuzwinkern
lächelndes Gesicht mit lachenden Augen|erröten Freude freundlich glücklich rot Wangen
lächelndes Gesicht mit Heiligenschein|brav Engel glücklich lieb seelig Smiley
lächelndes Gesicht mit Herzen|3 anhimmeln bewundern HDGDL HDL Herzchen lieb Liebe Smiley verknallt verliebt verzückt
lächelndes Gesicht mit herzförmigen Augen|glücklich Herzen Liebe Smiley verliebt
überwältigt|aufgeregt Augen Gesicht grinsen Smiley Star Stern wow
Kuss zuwerfendes Gesicht|flirten Küsschen küssen lieb Smiley
küssendes Gesicht|flirten HDL Knutsch Kuss Smiley xoxo
lächelndes Gesicht|fröhlich rot Smiley Wangen
küssendes Gesicht mit geschlossenen Augen|Knutsch Kuss Küsschen rot Smiley Wangen
küssendes Gesicht mit lächelnden Augen|flirten knutsch Kuss Smiley
lachendes Gesicht mit Träne|berührt dankbar erleichtert Freudenträne gerührt lächeln Smiley stolz
sich die Lippen leckendes Gesicht|lächeln lecker leckeres Essen Sich die Lippen leckender Smiley Zunge
Gesicht mit herausgestreckter Zunge|ätsch bäh lachen lustig Smiley
zwinkerndes Gesicht mit herausgestreckter Zunge|Auge herausstrecken Smiley zudrücken zugedrückt
irres Gesicht|Auge Augen groß klein Smiley verrückt
Gesicht mit herausgestreckter Zunge und zusammengekniffenen Augen|bäh ekel herausstrecken igitt schmeck schrecklich
Gesicht mit Dollarzeichen|Geld Mund Smiley Zunge
Gesicht mit umarmenden Händen|drücken Smiley Umarmung
verlegen kicherndes Gesicht|haha Hand hihi Huch lachen Mund rot Smiley Wangen
ermahnendes Gesicht|Finger leise psst pst Ruhe ruhig sch Smiley
nachdenkendes Gesicht|fragen grübeln hm komisch nachdenklich Smiley wundern
Gesicht mit Reißverschlussmund|Geheimnis halten schweigen Smiley wahren
Gesicht mit hochgezogenen Augenbrauen|argwöhnisch misstrauen skeptisch Smiley stutzig Zweifel
neutrales Gesicht|ausdruckslos kommentarlos Smiley todernst unbeeindruckt
ausdrucksloses Gesicht|kommentarlos selbstgefällig Smiley unbeeindruckt unglaublich
Gesicht ohne Mund|kein Smiley sprachlos
süffisant lächelndes Gesicht|feixen flirten Mundwinkel schief Smiley
verstimmtes Gesicht|langweilig Smiley traurig unglücklich unzufrieden
Augen verdrehendes Gesicht|genervt meinetwegen ohje rollen Smiley verrollen
Grimassen schneidendes Gesicht|peinlich Smiley verziehen Zähne
lügendes Gesicht|Nase Pinocchio Schwindel
erleichtertes Gesicht|Augen entspannt geschlossen Smiley Zen zufrieden
nachdenkliches Gesicht|enttäuscht schrecklich Smiley traurig verlieren verloren
schläfriges Gesicht|gute müde Nacht Smiley traurig
sabberndes Gesicht|Smiley
schlafendes Gesicht|dösen einschlafen gähnen gute Nacht langweilig Mittagsschlaf müde Nickerchen Smiley zzz
Gesicht mit Atemschutzmaske|Arzt Bazillen erkältet krank Krankheit Mund Mundschutz Smiley Viren Virus
Gesicht mit Fieberthermometer|krank messen Smiley
Gesicht mit Kopfverband|aua autsch Schmerzen Smiley Verletzung
würgendes Gesicht|ekel eklig erbrechen grün igitt Smiley Übelkeit übergeben widerlich
kotzendes Gesicht|brechen erbrechen krank schlecht Smiley speien spucken übel übergeben
niesendes Gesicht|erkältet Erkältung Gesundheit Grippe hatschi krank Nase putzen Smiley Taschentuch
schwitzendes Gesicht|erhitzt Fieber fiebrig heiß herausstrecken Hitze Hitzschlag rot schnaufen Smiley Zunge
frierendes Gesicht|bibbern blau eisig erfrieren frösteln frostig kalt Smiley unter Null Zähne Zähneklappern zittern
schwindeliges Gesicht|angeheitert angeschwipst angetrunken benebelt berauscht beschwipst betrunken gewellt Mund
benommenes Gesicht|Augen ko krank Kreuze schwindelig schwindlig Smiley
explodierender Kopf|entsetzt geschockt Gesicht schockiert Smiley überwältigt unglaublich
Gesicht mit Cowboyhut|Cowgirl Smiley
Partygesicht|aufgeregt Feier Fest fröhlich Geburtstag Glückwunsch Hurra Hut Smiley Überraschung
verkleidet|Brille Gesicht incognito inkognito Maske Nase Nasenbrille Person Smiley spionieren verdeckt Verkleidung
lächelndes Gesicht mit Sonnenbrille|cool Smiley
Strebergesicht|Brille intelligent klug Nerd schlau Schlaumeier smart Smiley
Gesicht mit Monokel|elegant reich Smiley
verwundertes Gesicht|keine Ahnung Smiley traurig verwirrt weiß nicht
besorgtes Gesicht|Smiley sorgen traurig
betrübtes Gesicht|schade Smiley traurig
düsteres Gesicht|deprimiert Smiley stirnrunzelnd traurig
Gesicht mit offenem Mund|erstaunt omg schockiert unglaublich vergessen wow
verdutztes Gesicht|erstaunt omg Smiley sprachlos
erstauntes Gesicht|nee omg schockiert Smiley verwundert
errötetes Gesicht mit großen Augen|erröten peinlich rot Scham schämen Smiley überrascht verlegen Wangen
bettelndes Gesicht|anflehen Augen bitte bitten flehend groß Kulleraugen Smiley traurig Welpenaugen
entsetztes Gesicht|Mund offen schockiert Smiley verwundert
qualvolles Gesicht|arm leidend Smiley vergessen wow
ängstliches Gesicht|Angst besorgt
besorgtes Gesicht mit Schweißtropfen|Angst ängstlich Angstschweiß Mund nervös offen
trauriges aber erleichtertes Gesicht|ängstlich enttäuscht knapp Schweiß
weinendes Gesicht|Smiley Träne traurig
heulendes Gesicht|flennen schluchzen Smiley Tränen Tränenfluss traurig weinen
vor Angst schreiendes Gesicht|ängstlich Munch omg Panik
verwirrtes Gesicht|bestürzt frustriert konfus Smiley verzweifelt
entschlossenes Gesicht|ausdauernd durchhalten Fokus Konzentration konzentrieren Kopfschmerzen
enttäuschtes Gesicht|leider schade Smiley traurig verloren
bedrücktes Gesicht mit Schweiß|Angstschweiß Augen geschlossen Kopfschmerzen Smiley
erschöpftes Gesicht|Fehlschlag hungrig müde nein Smiley unglücklich
müdes Gesicht|niesen Smiley traurig
gähnendes Gesicht|gelangweilt langweilig müde öde schnarch Smiley zzz
schnaubendes Gesicht|erleichtert gewonnen
schmollendes Gesicht|rot Rot angelaufener Smiley wütend
verärgertes Gesicht|ärgern böse Smiley Wut wütend zornig
Gesicht mit Symbolen über dem Mund|Ärger ärgern fluchen schimpfen Schimpfwort Smiley verdammt Wut wütend Zensur
grinsendes Gesicht mit Hörnern|böse Dämon Dämonin Fantasie lila Märchen Satan Smiley Teufel violett
wütendes Gesicht mit Hörnern|böse Dämon Dämonin Fantasie Fantasy Kobold lila Märchen Satan Teufel Teufelchen violett
Totenkopf|Gesicht Knochen Märchen Schädel Tod yolo
Totenkopf mit gekreuzten Knochen|Gesicht Piratenflagge Schädel Tod
Kothaufen|Mist
Clown-Gesicht
Ungeheuer|Gesicht gruselig Japan japanisch Märchen Maske Monster Oger
Kobold|gemein Gesicht Japan japanisch Märchen Maske Monster Tengu Ungeheuer wütend
Gespenst|buh Fantasy Geist Gesicht gruselig Halloween Märchen Spuk Zunge
Außerirdischer|Alien All Fantasy Gesicht Märchen Monster UFO Weltraum Wesen
Computerspiel-Monster|Gesicht UFO
Roboter|Gesicht Monster Robotergesicht Roboterkopf
grinsende Katze|Gesicht Katzengesicht lachen lol lustig Mund offen Smiley Tier
grinsende Katze mit lachenden Augen|Gesicht Katzengesicht Smiley Tier
Katze mit Freudentränen|Gesicht Katzengesicht lachen Smiley Tier
lachende Katze mit Herzen als Augen|Gesicht Herzaugen Katzengesicht lächeln Liebe Smiley Tier verliebt
verwegen lächelnde Katze|Gesicht grinsen ironisch Katzengesicht lachen Smiley Tier
küssende Katze|Augen geschlossen Gesicht Katzengesicht Kuss Küsschen rot Smiley Tier Wangen
erschöpfte Katze|Angst Gesicht Katzengesicht Panik Schock schockiert Schrei schreien Smiley Tier überrascht
weinende Katze|Gesicht Katzengesicht Smiley Tier Träne traurig
schmollende Katze|Gesicht Katzengesicht Schmollmund Smiley Tier verärgert
sich die Augen zuhaltendes Affengesicht|böse Geheimnis gemein Geste nein omg sehen Tier verboten vergessen verstecken
sich die Ohren zuhaltendes Affengesicht|böse Geheimnis gemein Geste hören nein Tier verboten zuhören
sich den Mund zuhaltendes Affengesicht|böse Geheimnis gemein Geste Hand heimlich leise nein sagen sprechen still Tier
Liebesbrief|Herz Post Siegel
Herz mit Pfeil|Liebe
Herz mit Schleife|Hochzeitstag Jahrestag Küsschen Küsse Liebe Valentinstag xoxo
funkelndes Herz|Aufregung Gefühl glitzern Liebe Morgen Nacht rosa xoxo
wachsendes Herz|Aufregung Gefühl Herzschlag Küsschen Küsse Liebe nervös Nervosität Puls xoxo
schlagendes Herz|Gefühl Herzschlag Liebe Puls pulsieren
kreisende Herzen|Emotion Gefühl Hochzeitstag Jahrestag Liebe süß
zwei Herzen|Date Gefühl Hochzeitstag Jahrestag Küsschen Küsse Liebe Rendezvous xoxo
Herzdekoration|Emotion Gefühl Liebe lila violett weiß
Herz als Ausrufezeichen|Satzzeichen
gebrochenes Herz|allein Gefühl Herzschmerz Liebeskummer traurig Trennung zerbrochen
rotes Herz
oranges Herz|Liebe
gelbes Herz|Gefühl herzlich Liebe
grünes Herz|Gefühl Liebe romantisch
blaues Herz|Gefühl Liebe romantisch
lila Herz|beste Gefühl hdl Liebe lilafarben violett
braunes Herz
schwarzes Herz|böse
weißes Herz
Kussabdruck|Gefühl Knutsch küssen Liebe Lippen Lippenstift romantisch sexy
100 Punkte|Punktestand volle Punktzahl
Ärger|Comic Wut
Zusammenstoß|Bombe Boom Comic explodieren Explosion kollidieren Kollision zusammenstoßen
schwindlig|benommen Benommenheit Comic Komet Stern Sterne Sternschnuppe
Schweißtropfen|Comic feucht nass schwitzen trainieren Training Wasser
Staubwolke|Comic rennen weglaufen
Loch|schwarz
Sprechblase mit drei Punkten|Comic Dialog Gespräch Unterhaltung
Auge in Sprechblase|Dialog reden sprechen Zeuge
Sprechblase links|Dialog reden sprechen Unterhaltung
Sprechblase für wütende Aussage rechts
Gedankenblase|Comic Nachdenken
Schlafen|Buchstaben Comic gähn langweilig müde Nickerchen öde Schnarchen ZZZ
winkende Hand|auf Wiedersehen bis später ciao guten Tag hallo hey hi tschüs tschüss
erhobene Hand von hinten|erhobener Handrücken
Hand mit gespreizten Fingern|5 fünf
erhobene Hand|5 halt Handfläche high five schlag ein Stopp warte
vulkanischer Gruß|Finger grüßen Hand Hände spreizen
OK-Zeichen|exzellent Finger genial Hand in Ordnung natürlich perfekt super
zusammengedrückte Finger|Bündelhand Fingerspitzen gehts noch Geste Handgeste italienisch was zusammengelegt
Wenig-Geste|Betrag Finger gering Hand klein Menge unbedeutend winzig
Victory-Geste|Sieg
Hand mit gekreuzten Fingern
Ich-liebe-dich-Geste|drei Finger Hand hdl
Teufelsgruß|corna Finger Hand Heavy Hörner Mano cornuta Metal Metalhand Pommesgabel Rock yeah
Ruf-mich-an-Handzeichen|Anruf anrufen Shaka
nach links weisender Zeigefinger|Handrückseite zeigen
nach rechts weisender Zeigefinger|Handrückseite zeigen
nach oben weisender Zeigefinger von hinten|aufwärts Handrücken Handrückseite hier hinauf melden rauf zeigen
Mittelfinger|Hand
nach unten weisender Zeigefinger|abwärts Handrücken Handrückseite hinab hinunter runter zeigen
nach oben weisender Zeigefinger von vorne|Hand Handvorderseite hier melden zeigen
Daumen hoch|einverstanden Finger gut Hand in Ordnung jawohl klar klasse like nach oben ok super top
Daumen runter|Hand nach unten schlecht
erhobene Faust|Hand Kampf Solidarität
geballte Faust|absolut Bro Hand korrekt zustimmen
Faust nach links|Hand
Faust nach rechts|Hand
klatschende Hände|applaudieren Applaus Beifall Gratulation großartig gut Hand toll
zwei erhobene Handflächen|feiern Geste Hände hurra
offene Hände|Jazz umarmen Umarmung
Handflächen nach oben|beten Gebet Hände zusammen
Handschlag|Hände Händeschütteln Vereinbarung
zusammengelegte Handflächen|beten betend bitten danke danken Gebet gefaltet grüßen
schreibende Hand|Stift
Nagellack|Kosmetik Maniküre Nagelpflege
Selfie|Smartphone
angespannter Bizeps|Arm Bodybuilder Bro Fitnessstudio Gewichtheben Muckies Muskeln stark Training
Armprothese|Barrierefreiheit
Beinprothese|Barrierefreiheit
Bein|Extremität Fuß gebeugtes Knie Gliedmaße Körperglied Körperteil Treten Tritt
Fuß|Füße Kick Knöchel Körperteil stampfen treten Tritt
Ohr|hören Körperteil
Ohr mit Hörgerät|Barrierefreiheit gehörlos Hilfsgerät Hörhilfe schwerhörig taub
Nase|Körperteil riechen
Gehirn|intelligent Intelligenz klug schlau
Herz (Organ)|Anatomie Herzschlag Körper Körperteil Mensch Puls schlagen
Lunge|Atem atmen ausatmen einatmen Körper Körperteil Lungenflügel Mensch Organ
Zahn|perlweiß Zahnarzt Zahnärztin Zähne
Knochen|Hund Hundeknochen Kauknochen Skelett
Augen|Gesicht gucken schauen sehen
Auge|Blick Körper Körperteil schauen sehen
Zunge|ätsch hmm Körperteil lecken lecker mmh
Mund|Körperteil Kuss Lippen Lippenstift
Baby|Gesicht jung Kind Kleinkind Locke
Kind|Enkelkind jung jünger munter strahlend
Junge|Enkelsohn Gesicht jünger Kind munter strahlend
Mädchen|Enkeltochter Gesicht jung jünger Kind munter strahlend
Person|erwachsen erwachsene Person Mensch
Person: blondes Haar|blondhaarig Gesicht Mensch
Mann|erwachsen Gesicht
Person: Bart|bärtig Schnurrbart
Frau|erwachsen Gesicht
ältere Person|alt erwachsen Großeltern Mensch weise
älterer Mann|alt erwachsen Großeltern Großvater Mensch Opa Senior weise
ältere Frau|alt erwachsen Großeltern Großmutter Mensch Oma Seniorin weise
missmutige Person|frustriert Gesicht runzeln stirnrunzelnd unzufrieden verärgert
schmollende Person|eingeschnappt enttäuscht jammerd jammern verärgert
Person mit überkreuzten Armen|Gesicht NEIN nicht verbieten verboten
Person mit Händen auf dem Kopf|Geste oje OK omg über Kopf Übung
Infoschalter-Mitarbeiter(in)|abgekippt beleidigen Gerüchte Geste Hand Klatsch klatschen Person Sarkasmus sarkastisch
Person mit erhobenem Arm|aufzeigen drankommen drannehmen Frage Geste Hand heben hier ich sich melden wissen
gehörlose Person|Barrierefreiheit hören Ohr schwerhörig taub
sich verbeugende Person|Bedauern bitten Demut Entschuldigung Geste Kniefall Meditation meditieren sorry unterwerfen
sich an den Kopf fassende Person|frustriert genervt Gesicht oh nein OMG unfassbar unglaublich verzweifelt
schulterzuckende Person|egal gleichgültig keine Ahnung Schultern zucken weiß nicht Zweifel
Arzt/Ärztin|Arztkittel Doktor(in)
Student(in)|Absolvent(in) Doktorhut Uni
Lehrer(in)|Dozent(in) Professor(in)
Richter(in)|Waage
Bauer/Bäuerin|Farmer(in) Gärtner(in) Landwirt(in)
Koch/Köchin|Kochen
Mechaniker(in)|Elektriker(in) Klempner(in)
Fabrikarbeiter(in)|industriell Montage
Büroangestellte(r)|Architekt(in) Business Manager(in) Schlips und Kragen
Wissenschaftler(in)|Forscher(in) Labor
IT-Experte/IT-Expertin|Bildschirm Computer Entwickler(in)
Sänger(in)|Entertainer(in) Rock Star
Künstler(in)|Farbpalette Maler(in)
Pilot(in)|Flugzeug
Astronaut(in)|Raumfahrt Weltraum
Feuerwehrmann/-frau|Feuerwehrhelm
Polizist(in)|Beruf festnehmen Gesetzeshüter Gesicht Person Polizei Polizistin Uniform verhaften
Detektiv(in)|Lupe Sherlock Spion
Wache|Bärenfellmütze Buckingham Palace Gesicht London Wachfrau Wachmann Wachsoldat Wachsoldatin Wächter
Ninja|Ausdauer Geheimmission Kämpfer Killer Krieger Kunoichi Mörder Person Shinobi Soldat vermummt
Bauarbeiter(in)|Bauarbeiterin Beruf Gesicht Helm Person Schutzhelm umbauen
Prinz|Krone
Prinzessin|Gesicht Krone Märchen
Person mit Turban|Bart Dreitagebart
Mann mit chinesischem Hut|China Gesicht Kappe Mütze Person
Frau mit Kopftuch|Hidschab Hijab Mantilla Person Tichel
Person im Smoking|Anzug Bräutigam formell Mann vornehm
Person mit Schleier|Braut Braut mit Schleier Gesicht Hochzeit
schwangere Frau
Stillen|Baby Brust Frau Person
Person, die Baby die Flasche gibt|Flasche geben Flasche gebende Person
Putte|Engel Gesicht Kind Märchen
Weihnachtsmann|Weihnachten
Weihnachtsfrau|Weihnachten
Weihnachtsperson|Gesicht Gesicht mit Hut Santa Claus Weihnachten Weihnachtsfrau Weihnachtshut Weihnachtsmann
Superheld(in)|Person Superheldin Superkraft Superkräfte Superman Übermensch Umhang
Bösewicht|Bösewichtin Krimineller Person Schurke Schurkin Superkräfte Superschurke Superschurkin Verbrecher
Magier(in)|Hexe Hexenmeister Magiker Person Zauberer Zauberin zaubern Zauberspruch Zauberstab
Märchenfee|Elf Elfe Fantasy Flügel geflügelt mystisch Person Wesen
Vampir|Blutsauger Dracula Halloween Person Reißzähne untot Untoter
Wassermensch|Märchen Meerjungfrau Meermann Nixe Person Sirene Wasserfrau Wassermann
Elf(e)|Elbe Elben Elbin Elfe Fantasy Herr der Ringe Magie magisch Person
Flaschengeist|Aladdin Aladin Dschinn Lampe Person Wunderlampe Wünsche
Zombie|Apokalypse Halloween Horror Person untot Untoter Walking Dead wandelnder Toter
Person, die eine Kopfmassage bekommt|Behandlung entspannen Kopfschmerzen Migräne Salon Therapie
Person beim Haareschneiden|Friseur Friseurin Friseuse Frisör Frisörin Frisur Haarschnitt Schere
Fußgänger(in)|Fußgängerin gehen gehend Person schlendern schlurfen wandern
stehende Person|Mensch Stand
kniende Person|Fersensitz Meditation meditieren Mensch Seiza Zazen
Person mit Langstock|Barrierefreiheit blind Person mit Blindenstock
Person in elektrischem Rollstuhl|Barrierefreiheit
Person in manuellem Rollstuhl|Barrierefreiheit
laufende Person|eilig joggen Läufer Läuferin Marathon rennen schnell Sport
tanzende Frau|elegant festlich Flair Flamenco Salsa Schwung Tango Tänzerin
tanzender Mann|elegant festlich Flair Flamenco Salsa Schwung Tango Tänzer
schwebender Mann im Anzug|geschäftlich
Personen mit Hasenohren|Bunny Bunnys doppelt Leute Party seelenverwandt Tanzen Tänzerinnen Zwillinge
Person in Dampfsauna|abschalten Dampfbad entspannen Frau luxuriös Relaxen
Bergsteiger(in)|Fels Kletterer klettern Person Sport
Fechter(in)|fechten Schwert Sport
Pferderennen|Jockey auf Pferd schnell Sport um die Wette wetten
Skifahrer(in)|Schnee Skifahrerin Sport
Snowboarder(in)|Snowboarden Snowboarderin Sport
Golfer(in)|Abschlagplatz Golferin Golfspieler Golfspielerin Person Sport Sportler Sportlerin
Surfer(in)|Person Sport Surfboard Surfbrett Surfen Surferin Wassersport Wellenreiten Wellenreiter Wellenreiterin
Person im Ruderboot|Angeln Kanu Paddel Rudern Sport
Schwimmer(in)|Kraulen Person Pool Schwimmbecken Schwimmen Schwimmerin Sport Triathlon Wasser
Person mit Ball|Basketball Basketballer Basketballspieler Basketballspielerin Dribbeln Sport Sportler Sportlerin
Gewichtheber(in)|Gewichtheberin Hantel Muskeln Person schwer Sport stark Training
Radfahrer(in)|Fahrrad Person radeln Radfahren Radfahrerin Sport Tour de France
Mountainbiker(in)|Fahrrad Mountainbikerin Mountainbiking Person Radfahren Radfahrer Radfahrerin Sport Tour de France
Rad schlagende Person|Akrobatik Bodenturnen Gymnastik Radschlag Sport Turner Turnerin
Ringer(in)|Catchen Catcher Person ringen Ringkampf Sport Sportler Wrestler Wrestling
Wasserballspieler(in)|Person Schwimmsport Sportler Sportlerin Wasserballspielerin Wassersport
Handballspieler(in)|Handballer Handballerin Handballspielerin Person schleudern Sport Sportler werfen
Jongleur(in)|Artist Artistin geschickt Jongleurin Jongleuse jonglieren Multitasking Person Zirkus
Person im Lotossitz|burmesischer Sitz Frau Lotussitz Meditation Person in Lotussitz Schneidersitz Yoga Zen
badende Person|Badewanne Badezimmer Dusche entspannen
im Bett liegende Person|gute Nacht Heia müde Nachtruhe schlaf schön schlafen zzz
sprechender Kopf|Gesicht Silhouette Sprechende Person
Silhouette einer Büste|Person
Silhouette mehrerer Büsten|Personen
sich umarmende Personen|Abschied Danke drücken Drücker Freundschaft Hallo Liebe Tschüss Umarmung
Fußabdrücke|Abdruck auf dem Weg Fußabdruck
Affengesicht|Banane Dschungel Tier Zoo
Affe|Tier
Gorilla|Affe Gesicht Tier
Orang-Utan|Affe Tier
Hundegesicht|Tier treu Wau wuff
Hund|Haustier wau wuff
Blindenhund|Barrierefreiheit Behinderung sehbehindert Tier
Assistenzhund|Barrierefreiheit Behinderung Tier
Pudel|Hund Tier
Wolf|Gesicht Tier Wolfsgesicht
Fuchs|Fuchsgesicht Tier
Waschbär|klug neugierig schlau Tier
Katzengesicht|Miau Miez Miezekatze Tier
Katze|Haustier miau
schwarze Katze|Kater miau Pech schwarzer Kater Tier Unglück
Löwe|Gesicht Löwengesicht Sternzeichen Tier Tierkreis
Tigergesicht|Raubkatze Tier
Tiger|Tier
Leopard|gepunktet Raubkatze Raubtier Zoo
Pferdegesicht|Pferdekopf Tier
Pferd|Rennen Rennpferd Tier
Einhorn|Einhorngesicht
Zebra|streifen tier
Hirsch|Gesicht Tier
Bison|Büffel Herde Ochse Tier Wisent
Kuhgesicht|Tier
Ochse|Kuh Sternzeichen Stier Tierkreis
Wasserbüffel|Tier
Kuh|Bauernhof muh Tier
Schweinegesicht|Tier
Schwein|Bauernhof Sau Tier
Wildschwein|Eber Tier
Schweinerüssel|Nase Tier
Widder|Schaf Sternzeichen Tierkreis
Schaf|Bock mäh Tier Widder Wolle
Ziege|Steinbock Sternzeichen Tier Tierkreis
Dromedar|einhöckrig Kamel Tier Wüste
Kamel|Tier Wüste zweihöckrig
Lama|Alpaca Alpaka Anden Kamel Tier Vicuña Wolle
Giraffe|flecken tier
Elefant|Tier
Mammut|Aussterben groß Natur Stoßzahn Tier wollig
Nashorn|Rhinozeros Tier
Nilpferd|Flusspferd Hippo Tier
Mäusegesicht|Maus Mausgesicht Nagetier
Maus|Nage Tier
Ratte|Nagetier
Hamster|Gesicht Hamstergesicht Tier
Hasengesicht|Kaninchen Karnickel Langohr Mümmelmann Nager Nagetier
Hase|Kaninchen Karnickel Mümmelmann Nagetier
Streifenhörnchen|Tier
Biber|Biberschwanz Biberzahn Damm Natur Otter Tier
Igel|stachelig stacheln tier
Fledermaus|Tier Vampir
Bär|Bärengesicht Tier
Eisbär|Arktis Nordpol weiß
Koala|Koalabär Koalagesicht Tier
Panda|Gesicht Pandabär Pandagesicht Tier
Faultier|langsam träge
Otter|fischen Tier verspielt
Stinktier|Skunk stinken
Känguru|Australien Beuteltier Down Under hüpfen Quokka Skippy springen Wallaby
Dachs|Dachse Frechdachs Honigdachs Ratel Tier
Tatzenabdrücke|Abdruck Tier
Truthahn|Geflügel Pute Thanksgiving
Huhn|Geflügel Henne Tier Tierkopf
Hahn|Tier
schlüpfendes Küken|Ei Küken in Eierschale Piep Tier Vogel
Küken|Kükenkopf Tier
Küken von vorne|Geflügel Küken in Frontansicht Tier
Vogel|Papagei Taube Tier Vogelkopf
Pinguin|Pinguinkopf Tier Vogel
Taube|fliegen Friede Frieden Friedenstaube Vogel
Adler|Tier Vogel
Ente|Tier Vogel
Schwan|hässliches Entlein Tier Vogel
Eule|Raubvogel Tier Uhu weise
Dodo|Aussterben Dronte groß Mauritius Natur Tier Vogel
Feder|federleicht Federn fliegen Gefieder Vogelfeder
Flamingo|bunt farbenfroh rosa Tier Tropen tropisch Vogel
Pfau|bunt stolz stolzieren Tier Vogel
Papagei|ausplaudern Pirat plappern sprechen Tier Vogel Wiederholen
Frosch|Froschgesicht grün quak Tier
Krokodil|Reptil Schnappi Tier
Schildkröte|Tier
Eidechse|Reptil
Schlange|Schlangenträger Sternzeichen Tier Tierkreis
Drachengesicht|Märchen Tier
Drache|chinesisch Neujahr Märchen Tier
Sauropode|Brachiosaurus Brontosaurus Dino Dinosaurier Diplodocus
T-Rex|Dino dinosaurier tree Tyrannosaurus Rex
blasender Wal|Meer Ozean Tier
Wal|Ozean Tier
Delfin|Meer Ozean Strand Tier
Seehund|Meer Ozean Robbe Seelöwe Tier
Fisch|Aquarium Fische Meehr Sternzeichen Tier Tierkreis
Tropenfisch|Tier
Kugelfisch|kugelrund Meer Tier
Hai|Fisch Haifisch Meer Tier
Oktopus|Krake Meer Tier Tintenfisch
Schneckenhaus|Muschel Strand Tier
Schnecke|langsam Tier
Schmetterling|Insekt schön
Raupe|gefräßig Insekt Tier
Ameise|Insekt Tier
Biene|Honig Honigbiene Hummel Insekt Maja Natur Summ Tier
Käfer|Insekt Krabbeltier Minzkäfer Wanze
Marienkäfer|Glückskäfer Insekt krabbel Punkte Tier
Grille|grashüpfer Heuschrecke insekt tier zikade
Kakerlake|Insekt Käfer krabbeln Krabbeltier Küchenschabe La Cucaracha
Spinne|Insekt Tier
Spinnennetz
Skorpion|Horoskop Sternzeichen Tierkreis
Mücke|Biss Fieber Insekt Insektenbiss Insektenstich Krankheit Malaria Moskito Schnake Stechmücke Tier Virus
Fliege|fliegen Insekt Krankheit Made Mücke Plage Schmeißfliege Tier verwesen
Wurm|Insekt Natur Parasit Regenwurm Ringelwurm Tier
Mikrobe|Amöbe Amöben Bakterie Bakterien Einzeller Medizin Virus Wissenschaft
Blumenstrauß|Bouquet
Kirschblüte|Blume Kirsche Pflanze
Blumenstempel
Rosette|Pflanze
Rose|Blume Blüte Pflanze
welke Blume|am sterben sterbend verwelkt welkende Blume
Hibiskus|Blume Blüte Pflanze Rosa
Sonnenblume|Blüte Pflanze
gelbe Blüte|Blume Pflanze
Tulpe|Blume Blüte Pflanze
Spross|junge Pflanze
Topfpflanze|Dekor Grünpflanze Haus pflegen wachsen Zimmerpflanze
Nadelbaum|Pflanze Tannenbaum
Laubbaum|Blätter grün Pflanze Wald
Palme|Baum Kokusnuss Oase Pflanze Strand Tropen
Kaktus|Dürre Natur Pflanze Trockenzeit Wüste
Reisähre|Pflanze Reispflanze
Kräuter|Blätter Pflanze
Kleeblatt|grün Pflanze
Glücksklee|Blatt Kleeblatt Pflanze Silverster vier vierblättrig Vierblättriges Kleeblatt
Ahornblatt|Herbst Laub Pflanze
Laub|Blatt Blätter Fallendes Laub Herbst Pflanze
Blätter im Wind|Blatt Laub Pflanze
Fliegenpilz|giftig
Trauben|Frucht Obst Wein
Honigmelone|cantaloupe Frucht Obst
Wassermelone|Frucht Obst
Mandarine|Apfelsine Frucht Obst Orange Vitamin
Zitrone|Frucht Obst sauer Zitrusfrucht
Banane|Frucht Obst Schale
Ananas|Frucht Obst
Mango|Essen Frucht Früchte Obst Shaker tropisch
roter Apfel|Frucht Obst
grüner Apfel|Frucht gesund Obst
Birne|Frucht Obst
Pfirsich|Frucht Obst
Kirschen|Frucht Obst
Erdbeere|Essen Frucht Obst
Blaubeeren|Essen Frucht Heidelbeere Heidelbeeren Lebensmittel Nahrung Obst
Kiwi|Frucht Obst
Tomate|Essen Gemüse Obst
Olive|Essen grün Lebensmittel Nahrung Olivenöl Olivenzweig
Kokosnuss|Colada Essen Frucht Palme Piña
Avocado|Essen Frucht
Aubergine|Gemüse
Kartoffel|Essen Gemüse
Karotte|Gemüse Möhre Mohrrübe
Maiskolben|Gemüse
Peperoni|Chili Paprika Pfeffer Pflanze scharf
Paprika|Essen Gemüse Gemüsepaprika grün Lebensmittel Nahrung Peperoni
Gurke|Essen Gemüse Scheiben
Blattgemüse|blattgrün Essen Grünkohl Grünzeug Kraut Mangold Pak Choi Pok Choi Salat Salatblatt Spinat
Brokkoli|Broccoli essen Gemüse Gemüsekohl
Knoblauch|Essen Geschmack Lebensmittel Nahrung Würze Zutat
Zwiebel|Essen Geschmack Gewürz Lebensmittel Nahrung Würze
Erdnuss|Essen
Kastanie|Marone
Brot|Brotlaib Essen Kohlenhydrate Laib Brot Toast Weißbrot Weizen
Croissant|Corissant französisch Frühstück Frühstückshörnchen
Baguette|Brot französisch Frühstück
Fladenbrot|Arepa Essen Lavasch Lebensmittel Naan Nahrung Pita
Brezel|brezen brezn essen gedreht oktoberfest
Bagel|Bäckerei Backwaren Brötchen Essen Frühstück Pausenbrot
Pfannkuchen|Crepe Eierpfannkuchen Essen
Waffel|Essen Lebensmittel Nahrung Waffel mit Butter
Käsestück
Fleischhachse|Knochen Restaurant
Hähnchenschenkel|Fleisch Geflügel Hühnerbein Restaurant
Fleischstück|essen Kotelett Lammkotelett rot Schnitzel Schweinekotelett Steak
Bacon|Essen Frühstücksspeck Speckstreifen
Hamburger|Fast Food Restaurant
Pommes frites|Fritten
Pizza|Pizzastück Pizzeria
Hotdog|Essen Frankfurter Hot Dog Wurst Würstchen
Sandwich|brot essen
Taco|Essen mexikanisch
Burrito|essen mexikanisch
Tamale|Burrito eingewickelt Essen Lebensmittel mexikanisch Streetfood Wrap
Döner|Döner Kebab Falafel Wrap
Falafel|Bällchen Essen Fleischbällchen Kichererbsen Lebensmittel Nahrung
Ei|Frühstück Frühstücksei
Spiegelei in Bratpfanne|braten Kochen
Pfannengericht|Essen Paella Reispfanne
Topf mit Essen|Eintopf Gericht Schüssel Suppe
Fondue|Essen geschmolzen Käse Schokolade schweizerisch Topf
Schüssel mit Löffel|brei Cerealien essen Frühstück haferbrei Reisbrei suppe
Salat|Blattgemüse Essen gesund grün
Popcorn|Kino Snack
Butter|Essen Lebensmittel Milchprodukt Nahrung
Salz|gesalzen Geschmack Gewürz salzig Salzstreuer Würze Zutat
Konserve|Büchse Dose essen
Bento-Box|Japanisches essen Sushi
Reiscracker
Reisbällchen|Essen japanisch
Reis in Schüssel|Essen
Reis mit Curry
Schüssel und Essstäbchen|chinesisches Essen dampfend Eiernudeln Suppe
Spaghetti|Essse Nudeln mit Tomatensoße Pasta Restaurant
geröstete Süßkartoffel|Essen Gemüse
Oden|japanisches Gericht Restaurant
Sushi|japanisches Gericht Restaurant
frittierte Garnele|Restaurant tempura
Fischfrikadelle|Restaurant Spirale
Mondkuchen|Essen Fest Festival Herbst Mondfest Pinyin Yuebing
Dango|japanisches Gericht Mochi-Kugeln auf einem Spieß Restaurant
Teigtasche|chinesische Teigtasche dumpling empanada essen Gyōza Jiaozi kloß Pierogi potsticker
Glückskeks|essen Prophezeiung
Takeaway-Schachtel|chinesisches essen stäbchen Takeaway-Box
Krebs|Krabbe Meer Sternzeichen Strand Tierkreis
Hummer|Lobster Meeresfrucht Meeresfrüchte Meerestier Scheren
Garnele|Gourmet Krustentier Meeresfrucht Shrimp
Tintenfisch|Kalmar Tier
Auster|Meer Muschel Perle tauchen Tier
Softeis
Wassereis|Sorbet zerstoßen
Eiscreme|Eisbecher Eisdiele
Donut|Doughnut Essen Kuchen süß
Keks|Cookie Plätchen
Geburtstagskuchen|Essen feier Geburtstagstorte happy birthday kerzen Lebensmittel
Torte|Kuchen Kuchenstück Stück Torte Tortenstück
Cupcake|Bäckerei Dessert Essen Gebäck Kalorienbombe Konditorei Muffin Nachspeise Streusel süß Zucker
Kuchen|Essen Füllung Gebäck Pastete Torte
Schokoladentafel|Essen Süßigkeit
Bonbon|süß Süßigkeit
Lutscher|Lolli Süßigkeit
Pudding|Dessert Flan Nachspeise Nachtisch Schokolade Soße
Honigtopf|süß
Babyflasche|Fläschchen Kind Milch trinken
Glas Milch|Getränk trinken
Heißgetränk|Cafe dampfend Kaffee Tasse Tee trinken
Teekanne|Getränk Lebensmittel Tee brühen Teekrug trinken
Teetasse ohne Henkel|Getränk grüner Tee Oolong Schale
Sake-Flasche mit Tasse|Getränk Sake-Flasche und -tasse trinken
Flasche mit knallendem Korken|Champagner Getränk Sekt trinken
Weinglas|Alkohol Bar
Cocktailglas|Bar Drink martini
Cocktail|Bar exotisches Getränk
Bierkrug|Bar Oktoberfest prost Weizenbier
Bierkrüge|anstoßen Oktoberfest prosit prost Weizen
Sektgläser|anstoßen Feier feiern Getränk prost
Trinkglas|Bar Schnaps Whiskey
Becher mit Strohhalm|brause erfrischung Saft Selters soda trinken trinkhalm wasser
Bubble Tea|Blase Essen Getränk Lebensmittel Milch Perle Taiwan Tee
Trinkpäckchen|Fruchtsaft Getränk Obstsaft Saftpackung
Mate-Tee|Getränk
Eiswürfel|Eisberg gefroren kalt kühlen
Essstäbchen|chinesisches essen Hashi japanisches essen
Teller mit Messer und Gabel|Geschirr kochen
Messer und Gabel|Abendessen Besteck Frühstück Gabel und Messer Geschirr Hunger lecker Mittagessen Restaurant
Löffel|Besteck
Küchenmesser|schneiden
Amphore|Gefäß kochen Krug Sternzeichen Tierkreis trinken Vase Wassermann
Globus mit Europa und Afrika|Erde Weltkugel
Globus mit Amerika|Erde Nordamerika Südamerika Weltkugel
Globus mit Asien und Australien|Erde Weltkugel
Globus mit Meridianen|Breitengrad Längengrad
Weltkarte|Landkarte reisen
Umriss von Japan|Karte
Kompass|Himmelsrichtung magnetisch Navigation Orientierung Windrose
schneebedeckter Berg|Gebirge kalt
Berg|Gebirge
Vulkan|Ausbruch Berg Lava Vulkanausbruch Wetter
Fuji|Berg Vulkan
Camping|campen Zelt zelten
Strand mit Sonnenschirm|Meer
Wüste|heiß
einsame Insel|Meer Palme Strand verlassen
Nationalpark|Berg Fluss Natur Schutzgebiet
Stadion|Arena
antikes Gebäude|klassizistisch
Kran|Bau bauen
Ziegelstein|bauen Grenze Klinker Mauer Mauerwerk Mörtel Wand Ziegelsteine zugemauert
Felsen|felsig hart Natur schwer Stein steinig
Holz|Baumstamm Feuerholz holzig Holzscheite Lagerfeuer
Hütte|Behausung Gebäude Jurte Objekt Rundhaus Schutz
Wohnhäuser|Dorf Gebäude Haus Wohnhaus Wohnsiedlung
verfallenes Haus|Gebäude heruntergekommen verlassen Verlassenes Haus
Haus|Gebäude Zuhause
Haus mit Garten|Baum Haus mit Baum
Bürogebäude|Hochhaus
japanisches Postgebäude
Postgebäude|Europa Europäisches Postgebäude
Krankenhaus|Ambulanz Arzt Gebäude Medizin Notaufnahme
Bank|Gebäude Geld
Hotel|Gebäude übernachten Unterkunft
Stundenhotel|Gebäude Liebe Unterkunft
Minimarkt|einkaufen Gebäude Geschäft Lebensmittel
Schule|Gebäude Schulgebäude
Kaufhaus|einkaufen Gebäude Geschäft shoppen
Fabrik|Fabrikgebäude
japanisches Schloss|Bauwerk Gebäude
Schloss|Bauwerk Burg Europa europäisch Gebäude Märchen Märchenschloss
Hochzeit|Herz Kirche
Tokyo Tower|Fernsehturm Tokio
Freiheitsstatue|Amerika
Kirche|Christ Christentum christlich Gebäude Kreuz Religion
Moschee|Islam Moslem Muslim Religion
Hindutempel|Gebäude
Synagoge|Jude jüdisch Religion Tempel
Shinto-Schrein|Religion
Kaaba|Hajj Islam Moslem Muslim Religion
Springbrunnen|Garten Park
Zelt|Camping Campingurlaub Zeltplatz
neblig|Nebel Wetter
Sternenhimmel|City Hochhäuser Nacht Skyline Stadt
Skyline|Gebäude Großstadt Häuser Hochhäuser Wolkenkratzer
Sonnenaufgang über Bergen
Sonnenaufgang über dem Meer
Abendstimmung in der Stadt|Hochhäuser New York Skyline Sonnenaufgang Sonnenuntergang Wolkenkratzer
Sonnenuntergang in der Stadt|Großstadt Hochhäuser Morgenrot Sonnenaufgang Wolkenkratzer
Brücke vor Nachthimmel|Golden Gate nachts
heiße Quellen|Dampf dampfend
Karussellpferd|reiten
Riesenrad|Freizeitpark Volksfest
Achterbahn|Freizeitpark Volksfest
Barbershop-Säule|Friseur Herrenfriseur
Zirkuszelt|Unterhaltung
Dampflokomotive|Bahn Fahrzeug Schiene Zug
Eisenbahnwagen|Fahrzeug Straßenbahn Straßenbahnwagen Tram Waggon Wagon Zug
Hochgeschwindigkeitszug mit spitzer Nase|ICE Shinkansen TGV
Hochgeschwindigkeitszug|Bahn Japan Shinkansen
Zug|Bahn Eisenbahn ICE
U-Bahn|Metro
S-Bahn|ICE Monorail Zug
Bahnhof|Zug
Straßenbahn|Tram Verkehrsmittel
Einschienenbahn|Magnetschwebebahn Monorail
Bergbahn|Bimmelbahn Zug
Straßenbahnwagen|Tram Tramwagen Transport Verkehrsmittel Waggon
Bus|Fahrzeug Schulbus
Bus von vorne|Verkehrsmittel Vorderansicht Bus
Oberleitungsbus|Straßenbahn Trolleybus
Kleinbus|Fahrzeug
Krankenwagen|Ambulanz Notfall
Feuerwehrauto|Brand Löschfahrzeug
Polizeiwagen|Streifenwagen
Polizeiwagen von vorne|Streifenwagen Vorderansicht Polizeiwagen
Taxi|Auto Fahrzeug
Taxi von vorne|Auto fahren gelb Vorderansicht Taxi
Auto|fahren Fahrzeug rot Verkehr
Auto von vorne|Automobil Fahrzeug rot Vorderansicht Auto
Wohnmobil|Auto blau fahren verreisen
Pick-up|Auto fahren Fahrzeug Laster Lastwagen Lieferwagen LKW Transport
Lieferwagen|Lastwagen LKW
Sattelzug|Lastwagen LKW umziehen ziehen um
Traktor|Bauernhof Landwirtschaft Trecker
Rennauto|Autorennen
Motorrad|Moped Motorrennen
Motorroller|Motoroller Vespa
manueller Rollstuhl|Barrierefreiheit Behinderung
elektrischer Rollstuhl|Barrierefreiheit Behinderung
Autorikscha|Fahrzeug Tuk-Tuk
Fahrrad|BMX Radeln Radler Spinning
Tretroller
Skateboard|Brett Räder Skateboard fahren skaten Skater
Rollschuh|Rollen Rollerskate Rollschuh laufen Sport
Bushaltestelle
Autobahn|Schnellstraße
Bahngleis|Gleise Schienen
Ölfass
Tanksäule|Benzin Tanke tanken Tankstelle
Polizeilicht|Sirene
horizontale Verkehrsampel|vertikal
vertikale Verkehrsampel|horizontal
Stoppschild|achteckig
Baustellenabsperrung|Baustellenschild
Anker|Hafen Meer
Segelboot
Kanu|Boot Wassersport
Schnellboot|Luxus See Sommer Wasser Yacht
Passagierschiff|Aida Rundreise Seereise Traumschiff
Fähre|Schiff
Motorboot|Schiff
Schiff|Dampfer Kreuzfahrtschiff Traumschiff
Flugzeug|Flieger
kleines Flugzeug|Privatjet
Abflug|fliegen Flughafen Flugzeug Start Start eines Flugzeugs
Landung eines Flugzeugs|Ankunft Flieger Flughafen landen
Fallschirm|Fallschirmspringen Paragliding Skydiving Sport
Sitzplatz|Bus Flugzeug Zug
Hubschrauber|fliegen Helikopter reisen
Schwebebahn|Hängebahn
Bergschwebebahn
Bergseilbahn|Gondel
Satellit|Sputnik Weltraum
Rakete|All Weltraum
fliegende Untertasse|Alien Außerirdisch UFO
Rezeptionsklingel
Gepäck|Ballast Hartschalenkoffer Reise Trolley-Tasche
Sanduhr|Prozess Vorgang läuft Zeit
laufende Sanduhr|Prozess Vorgang läuft
Armbanduhr|Zeit
Wecker|Uhr Uhrzeit
Stoppuhr|Zeit
Zeitschaltuhr|Timer
Ziffernblatt 12:00 Uhr|Mittag Mitternacht Ziffernblatt 12.00 Uhr zwölf Uhr
Neumond
erstes Mondviertel|zunehmend
zunehmender Halbmond
zweites Mondviertel|zunehmend
Vollmond
drittes Mondviertel|abnehmend
abnehmender Halbmond
letztes Mondviertel|abnehmend Nacht
Mondsichel|Nacht
Neumond mit Gesicht|Mondgesicht
Mondsichel mit Gesicht links|Weltall
Mondsichel mit Gesicht rechts|Nacht
Thermometer|Temperatur Wetter
Sonne|Sonnenstrahlen sonnig Wetter
Vollmond mit Gesicht
Sonne mit Gesicht|Sonnengesicht Sonnenschein
Ringplanet|Gasplanet Himmelskörper Saturn
weißer mittelgroßer Stern|astronomie gelber Stern Himmel
funkelnder Stern|glitzern
Sternschnuppe|Himmel
Milchstraße|Galaxie Universum
Wolke|Wetter wolkig
Sonne hinter Wolke|wolkig
Wolke mit Blitz und Regen|Gewitter Wetter wolkig
Sonne hinter kleiner Wolke|bewölkt kleine Wolke Wetter
Sonne hinter großer Wolke|bewölkt große Wolke Wetter
Sonne hinter Regenwolke|Wetter
Wolke mit Regen|Regenwolke Wetter
Wolke mit Schnee|kalt Wetter
Wolke mit Blitz|Gewitter Wetter
Wirbelsturm|Tornado Wetter
Nebel|neblig Wetter
Wind|Wetter windig
Wirbel|Spirale Wirbelsturm
Regenbogen|Wetter
geschlossener Regenschirm
Regenschirm|Bekleidung Wetter
Regenschirm im Regen
aufgestellter Sonnenschirm|Strand
Hochspannung|Blitz Elektrizität Gefahr Gewitter Hochspannungszeichen Strom
Schneeflocke|kalt schneien Wetter Winter
Schneemann im Schnee
Schneemann ohne Schneeflocken|kalt Winter
Komet|Weltall
Feuer|brennen Flamme heiß
Tropfen|Schweiß Träne Wasser Wassertropfen
Welle|Meer
Halloweenkürbis|Herbst Kürbislaterne
Weihnachtsbaum|Tanne Weihnachten
Feuerwerk|Silvester
Wunderkerze|Feiern Feuerwerk Party
Feuerwerkskörper|Dynamit Explosion explosiv Funken Knall knallen Knaller Kracher Silvester sprengen Sprengstoff
funkelnde Sterne|*
Luftballon|Feier Geburtstag
Konfettibombe|Böller Feier juhu Knaller Party super yay
Konfettiball|Feier Party
Tanabata-Baum|Fest Japan Sternenfest Zettel
Piniendekoration|Japan Neujahrsfest
japanische Puppen|Puppenfest Japan
traditionelle japanische Windsäcke|Feier Karpfen
japanisches Windspiel|Bimmel Feier Glocke
traditionelles Mondfest|Japan
roter Umschlag|Geld Geschenk Glück Hong Bao Hongbao
pinke Schleife|Feier Geschenk rosa
Geschenk|Feier Geburtstag Schachtel Schleife Überraschung verpackt Weihnachten
Gedenkschleife
Eintrittskarten|Billet Ticket
Ticket|Konzert Unterhaltung
Militärorden
Pokal|Bundesliga Champion gewinnen Preis Sieger Sport Trophäe
Sportmedaille|Gewinn Goldmedaille
Goldmedaille|Erster Gewinn Medaille 1. Platz
Silbermedaille|Medaille 2. Platz Zweiter
Bronzemedaille|Dritter Medaille 3. Platz
Fußball|Bundesliga Messi
Baseball
Softball|Baseball Handschuh Sport Unterarm werfen
Basketball|Korb Sport
Volleyball|Sport
Football|American Football Amerika Sport Super Bowl
Rugbyball|Sport
Tennisball|Sport
Frisbee|Disc Disk fliegende Untertasse Scheibe Ultimate
Bowling|Bowlingkugel Spiel
Kricket|Ball Cricket Schläger
Feldhockey|Schläger
Eishockey|Eishockey-Schläger und Puck
Lacrosse|Ball Schläger Sport Stick Stock Tor
Tischtennis|Ball Ping Pong Schläger Spiel Sport
Badminton|Federball Schläger
Boxhandschuh|Boxen Sport
Kampfsportanzug|Judo Kampfkunst Karate Taekwondo
Tor|Fußball Netz Sport
Golffahne|Golfplatz
Schlittschuh|Eislauf
Angel mit Fisch|Angeln Entspannung
Tauchmaske|schnorcheln schwimmen Sport Sporttauchen
Laufshirt|Laufen Laufshirt mit Schärpe Sport
Ski|Ski und Stöcke
Schlitten|Rodel Rodeln Schnee
Curlingstein|Spiel Sport
Darts|Pfeil Spiel Volltreffer Zielscheibe
Jo-Jo|Spielzeug Yo-Yo
Drachen|fliegen hochfliegen steigen Wind
Wasserpistole|Revolver Waffe
Billardkugel|8-Ball schwarz Spiel
Kristallkugel|Wahrsager Zukunft
Zauberstab|Abrakadabra Hexe Hexer Magie magisch Wunder Zauberei Zauberer Zauberin zaubern
Gamepad|Gaming Unterhaltung Videospiel
Joystick|Gaming Videospiel
Spielautomat|Glücksspiel
Spielwürfel|Casino Unterhaltung würfeln Zufall
Puzzleteil|Bestandteile Hinweise Hobby passen puzzeln Puzzlestück Puzzleteile Spiel zusammenpassen zusammensetzen
Teddybär|Kuscheltier Plüschteddy Plüschtier Spielwaren Spielzeug Stoffbär Stofftier
Piñata|Feier Hau drauf mexikanisch Mexiko Objekt Party Pinada Pinata süß Süßigkeiten
Matroschka|Babuschka Matrioschka Matrjoschka Puppe Russland Spielzeug
Pik|Karten Kartenspiel
Herz|Kartenspiel
Karo|Kartenspiel
Kreuz|Kartenspiel
Bauer Schach
Jokerkarte|Spielkarte
Mahjong-Stein|roter Drache Spiel
japanische Blumenkarte|Hanafuda
Masken|Kunst Theater Unterhaltung
gerahmtes Bild|Gemälde Kunst malen Rahmen zeichnen Zeichnung
Mischpalette|Farben Kunst Künstler
Faden|Nadel nähen Nähfaden Nähgarn Rolle Spule Zwirn
Nähnadel|einfädeln Faden Nadel und Faden nähen Nähte schneidern Stiche sticken
Wollknäuel|Ball Garn häkeln spinnen stricken Wolle Zwirn
Knoten|Achterknoten binden Schnur Schnürsenkel Seemansknoten Segelboot segeln Seil verknoten zusammendrehen
Brille|Accessoire
Sonnenbrille|Augen dunkel
Schutzbrille|Augenschutz schweißen Schweißerbrille schwimmen tauchen Taucherbrille
Laborkittel|Arzt Arztkittel Doc Doktor Experiment Kleidung Kleidungsstück Labormantel weiße Jacke weißer Mantel
Sicherheitsweste|Kleidung Notfall
Hemd mit Krawatte|Kleidung Kragen Schlips
T-Shirt|Kleidung
Jeans|Hose Kleidung
Schal|Hals kalt Kleidung warm anziehen
Handschuhe
Mantel|brr Jacke kalt Kleidung warm anziehen
Socken|strumpf strümpfe
Kleid|Kleidung
Kimono|japanisch Kleid Kleidung
Sari|Kleid Kleidung
einteiliger Badeanzug|Kleidung
Slip|Badeanzug Einteiler Kleidung Unterwäsche
Shorts|Badebekleidung Badehose Boxershorts Schwimmshorts
Bikini|Badeanzug Kleidung
Bluse|Damenmode Kleidung Oberbekleidung Shirt
Geldbörse|Accessoire Brieftasche Münzen Portemonnaie
Handtasche|Accessoire einkaufen
Clutch|Accessoire Beutel Handtasche Kulturbeutel Waschtasche
Einkaufstüten|einkaufen shoppen Shopping Tasche
Schulranzen|Rucksack Schule Tornister
Zehensandale|Badelatschen Flipflops Sandalen Schuh Strandschuh Zehensandalen
Herrenschuh|gehen
Sportschuh|laufen rennen Sneaker sportlich Turnschuh
Wanderstiefel|brauner Schuh campen Camping Kleidungsstück Outdoor Rucksacktour Wandern Wanderung
flacher Schuh|Ballerina Ballet-Pumps bequem Frauenschuh Kleidungsstück Slipper
Stöckelschuh|Absatz Absatzschuh Damen elegant High Heel Highheels Pumps rot vornehm
Damensandale|Schuh
Ballettschuhe|Kleidung Tanz
Damenstiefel|Schuh
Krone|König Königin Kopfbedeckung Majestät
Damenhut|Damenhut mit Schleife Kleidung Kopfbedeckung
Zylinder|Hut Kopfbedeckung Unterhaltung Zauberer Zylinderhut
Doktorhut|Abschlussfeier Diplom
Baseballmütze|Baseball-Kappe Baseball-mütze Baseballkappe Schirmkappe
Militärhelm|Armee Heer Kämpfer Kämpferin Krieg Schutzhelm Soldat Soldatin
Rettungshelm|bergen erste Hilfe Helm mit weißem Kreuz retten roter Helm Sanitäter
Gebetskette|beten Religion Rosenkranz
Lippenstift|Kosmetik Make-up makeup Rot Schminke
Ring|Diamantring Edelstein Schmuck Verlobung
Edelstein|Diamant
durchgestrichener Lautsprecher|leise psst stumm stummgeschaltet
Lautsprecher mit geringer Lautstärke|eingeschaltet Ton an
Lautsprecher mit mittlerer Lautstärke|Lautsprecher mit einer Schallwelle leise mittellaut Ton
Lautsprecher mit hoher Lautstärke|Dezibel Lautsprecher mit drei Schallwellen Musik
Lautsprecher|Megafon Schallendes Megafon
Megafon|Jubel Lautsprecher
Posthorn|Brief E-Mail
Glocke|ding dong Klingeling Ton eingeschaltet
durchgestrichene Glocke|kein ton leise Ton ausgeschaltet
Notenschlüssel|Musik Partitur Violinschlüssel
Musiknote|Lied Melodie
Musiknoten
Studiomikrofon
Schieberegler|Musik
Drehregler|Bedienknöpfe Stellknöpfe
Mikrofon|Karaoke Singen Unterhaltung
Kopfhörer|Musik Unterhaltung
Radio|Musik
Saxofon|Instrument Musik Musikinstrument
Akkordeon|Akkordeons Concertina Harmonika Instrument Musik Musikinstrument Quetschkommode Quetschkommoden
Gitarre|Instrument Musik Musikinstrument
Klaviatur|Instrument Klavier Musik Musikinstrument Piano Tastatur Tasten
Trompete|Instrument Musik Musikinstrument
Geige|Instrument Musik Musikinstrument Violine
Banjo|Instrument Musik Saiteninstrument Zupfinstrument
Trommel|Drumsticks Instrument Musik Schlägel Trommelstöcke
afrikanische Trommel|Conga Handtrommel Instrument Musikinstrument Rhythmus trommeln
Mobiltelefon|Handy iPhone Smartphone telefonieren
Mobiltelefon mit Pfeil|Anruf Anrufen Handy iPhone Kommunikation WhatsApp
Telefon|Anruf anrufen Festnetz
Telefonhörer|anrufen Kommunikation
Pager|Kommunikation Piepser
Faxgerät|Kommunikation
Batterie|Akku
Netzstecker|Stromstecker
Laptop|Bildschirm Computer Computermonitor Notebook PC
Desktopcomputer|Bildschirm iMac Monitor
Drucker|Computer
Tastatur|Computer Keyboard
Computermaus
Trackball|Computer
Minidisc|MD Minidisk
Diskette|Datenträger
CD|Blu-Ray DVD
DVD|blu-ray CD computer
Abakus|Abaki Abakusse Berechnung Kalkulation Mathe Mathematik Rechenhilfe Rechenrahmen Rechenschieber Rechnen zählen
Filmkamera|Kino Unterhaltung
Filmstreifen|Filmband Kino
Filmprojektor|Kino Unterhaltung
Filmklappe|Unterhaltung
Fernseher|Fernsehen Film TV
Fotoapparat|Fotos Kamera
Fotoapparat mit Blitz
Videokamera|filmen Videos
Videokassette|vhs
Lupe nach links|Suche Vergrößerungsglas
Lupe nach rechts|Suche Vergrößerungsglas
Kerze|Licht
Glühbirne|hell Idee Lampe Licht
Taschenlampe|Licht
rote Papierlaterne|Izakaya Japanische Laterne japanisches Lokal
Öllampe|Diya
Notizbuch mit dekorativem Einband
geschlossenes Buch
offenes Buch|Bibliothek blättern geöffnet lernen lesen Seite
grünes Buch|lesen
blaues Buch
orangefarbenes Buch
Bücherstapel|Fantasie lesen Roman
Notizbuch|Notizen
Spiralblock|Notizblock
teilweise eingerolltes Blatt|Dokument Papier Seite
Schriftrolle|Papier
Vorderseite eines Blattes|Dokument Papier
Zeitung|Medien Nachrichten Presse
zusammengerollte Zeitung
Pagemarker|Notizen
Lesezeichen|Etikett Lesen
Etikett|Label Marke
Geldsack|Moneten reich
Münze|bezahlen Dollar Euro Geld Gold Goldesel Metall reich Schatz Silber sparen
Yen-Banknote|Geld Geldschein
Dollar-Banknote|Geld Geldschein Währung
Euro-Banknote|Euroschein Geld Geldschein
Pfund-Banknote|Geld Geldschein
Geldschein mit Flügeln|Bank Euro Knete Moneten
Kreditkarte|Bankkarte EC-Karte Geldkarte Guthaben
Beleg|Abrechnung Aufstellung Blatt Buchhalter Buchhaltung Quittung Rechnungswesen Schriftstück
steigende Kurve mit Yen-Zeichen|Diagramm Markt Steigender Trend mit Yen-Zeichen
Briefumschlag|E-Mail
E-Mail|Brief E-Mail-Symbol Post
eingehender Briefumschlag|E-Mail empfangen
Umschlag mit Pfeil|E-Mail gesendet
Postausgang|Ablage E-Mail
Posteingang|Ablage E-Mail
Paket|Päckchen
geschlossener Briefkasten mit Post|E-Mail
geschlossener Briefkasten ohne Post|keine E-Mail keine Post
offener Briefkasten mit Post|E-Mail
offener Briefkasten ohne Post|keine E-Mail keine Post
Briefkasten|Post
Urne mit Wahlzettel|Wahlen
Bleistift
schwarzer Federhalter|Füller Stift
Füllhalter|Füller Füllfedehalter Füllfederhalter schreiben Stift
Kugelschreiber|Stift
Pinsel|Kunst malen
Wachsmalstift|Buntstift Filzstift
Papier und Bleistift|Kurzmitteilung Nachricht Notiz Schreibblock schreiben
Aktentasche
Ordner|Akten Büro Dokument geschlossen
geöffneter Ordner|Dokument offen
Karteireiter|Akten Büro Büroausstattung Büromaterial Karteibahnen Karteikarten
Kalender|Datum Kalenderblatt
Abreißkalender|Datum Termin
Notizblock|Papier
Spiralkalender
Rotationskartei|Visitenkarten
Aufwärtstrend|Diagramm Kurve steigend
Abwärtstrend|Diagramm fallend Kurve
Balkendiagramm
Klemmbrett|Clipboard Clpboard Zwischenablage
Reißzwecke|anpinnen
Stecknadel|anpinnen Reißzwecke rund runde Reißzwecke
Büroklammer
verhakte Büroklammern
Lineal
dreieckiges Lineal|Geodreieck
Schere|schneiden schnipp
Karteikasten|Büroausstattung Büromaterial
Aktenschrank|Ablage Archiv Schublade
Papierkorb|Abfalleimer
geschlossenes Schloss|Datenschutz Sicherheit
offenes Schloss|nicht gesichert
Schloss mit Füller|Datenschutz privat Sicherheit
Schloss mit Schlüssel|Datenschutz privat Sicherheit
Schlüssel|Passwort schließen
alter Schlüssel|Schloss
Hammer|Werkzeug
Axt|Beil hacken Holz spalten Werkzeug
Pickel|Werkzeug
Hammer und Pickel|Arbeiter Werkzeug
Hammer und Schraubenschlüssel|Werkzeug
Dolch|Schwert Waffe
gekreuzte Schwerter|Waffe
Bombe|Comic Dynamit Explodieren
Bumerang|Aborigines Australien Boomerang Schleuder Waffe werfen
Pfeil und Bogen
Schutzschild
Handsäge|Holz sägen Tischler trimmen Werkzeug
Schraubenschlüssel|Werkzeug
Schraubenzieher|Schraubendreher Werkzeug
Mutter und Schraube
Zahnrad|Werkzeug
Schraubzwinge|Werkzeug
Waage|Gerechtigkeit Gewicht Werkzeug wiegen
Blindenstock|Barrierefreiheit Behinderung Gehstock
Linksymbol|Kettenglieder verknüpfen Verknüpfung Verknüpfungssymbol zwei Ringe
Ketten|Eisen
Haken|Angelhaken aufhaken aufhängen einhaken Metallhaken
Werkzeugkasten|Box Handkasten Kiste Mechaniker rote Kiste Werkzeugkiste Werkzeugkoffer
Magnet|Anziehung Anziehungskraft Hufeisen magnetisch Pole positiv negativ U-Form
Leiter|hochsteigen Holzleiter klettern Sprosse Stufe
Destillierapparat|Werkzeug
Reagenzglas|Chemie Chemikalie Chemiker Experiment Labor Substanz Versuche Wissenschaft
Petrischale|Bakterien Bakterienkultur Biologe Biologie Biologin Labor Pipette Probe
DNA|Biologe Biologie Biologin DNS Evolution Gen Genetik Genmanipulation Leben
Mikroskop|Labor untersuchen Wissenschaft
Teleskop|Himmel
Satellitenschüssel|Antenne Sat-Schüssel Satschüssel
Spritze|Arzt impfen Impfung Injektion Kanüle Nadel
Blutstropfen|Blutspende Flüssigkeit Medizin Menstruation
Kapsel|Arznei Arzt Medizin Pille Tabletten
Heftpflaster|verletzt Wunde
Stethoskop|abhören Arzt Doktor Herz Herzschlag Medizin Untersuchung
Tür|Eingang geschlossen
Fahrstuhl|Aufzug Haus Lift Symbol Transport
Spiegel|Holzspiegel Reflexion Spiegelbild Wandspiegel
Fenster|Aussicht durchsichtig Fensterrahmen frische Luft Glas Haus lüften Öffnung
Bett|Hotel schlafen Übernachtung
Sofa und Lampe|Couch
Stuhl|Holzstuhl Möbel sitzen
Toilette|Klo WC
Saugglocke|Abfluss Gummiglocke Klempner Klo Pömpel Pümpel Sanitär Saugglocken Toilette verstopft WC Werkzeug
Dusche|Duschkopf
Badewanne|Badezimmer Dusche
Mausefalle|anlocken Käse Mäusefalle
Rasierer|Klinge rasieren Rasiermesser scharf
Creme|Feuchtigkeitscreme Feuchtigkeitsmilch Haarwaschmittel Körpercreme Lotion Nachtcreme Shampoo Sonnencreme
Sicherheitsnadel|Punk Windel
Besen|fegen Hexe Hexenbesen kehren reinigen sauber machen säubern
Korb|Bauernhof Landwirtschaft Picknick Tragekorb Wäsche Wäschekorb
Küchenrolle|Hygiene Klopapier Papierrolle Papiertücher Toilette Toilettenpapier WC WC-Papier
Eimer|Behälter Bottich Kübel Wassereimer
Seife|baden putzen reinigen Riegel sauber sauber machen säubern Schaum schäumen Seifenschale Seifenstück
Zahnbürste|Badezimmer Körperpflege Mundhygiene putzen sauber Zähne Zahnhygiene
Schwamm|absorbieren aufsaugen löchrig porös putzen Putzmittel reinigen sauber machen Schaum schäumen
Feuerlöscher|löschen
Einkaufswagen|einkaufen
Zigarette|Kippe Rauchen Rauchersymbol
Sarg|Beerdigung Tod tot Vampir
Grabstein|Friedhof RIP tot
Urne|Beerdigung Tod tot
Nazar-Amulett|blau böser Blick Glasperle Glücksbringer Kügelchen Talisman
Statue|Gesicht Maske Osterinsel
Protestschild|Ankündigung Bekanntmachung Demonstration Hinweis Mahnwache Plakat
Warnung|Achtung Dreieck Vorsicht Warnschild
Kinder überqueren die Straße|Kinder-queren-die-Straße-Schild Straßenschild Vorsicht
Zutritt verboten|Einbahnstrasse kein Zutritt keine Durchfahrt Zutritt-verboten-Schild
Verboten|kein zutritt Kein-Zutritt-Zeichen Verbotszeichen
Fahrräder verboten|Fahhrad Fahrrad-verboten-Schild Radfahren verboten
Rauchverbot|Rauchen verboten Zigarette
Abfall verboten|Müll Müll-verboten-Zeichen
Kein Trinkwasser|verboten verschmutzt
Fußgänger verboten|Fußgänger-verboten-Schild
Mobiltelefone verboten|Handy
Minderjährige verboten|Erwachsene Mindestalter nicht jugendfrei Zeichen mit durchgestrichener 18
Radioaktiv
Biogefährdung|Zeichen
Pfeil nach oben|aufwärts Aufwärtspfeil Norden
Pfeil nach rechts|Osten Rechtspfeil
Pfeil nach unten|abwärts Abwärtspfeil Süden
Pfeil nach links|Linkspfeil Westen
geschwungener Pfeil nach links
geschwungener Pfeil nach rechts|umdrehen
Pfeile gegen den Uhrzeigersinn|kreisförmige Pfeile gegen den Uhrzeigersinn
BACK-Pfeil|links zurück
TOP-Pfeil|Pfeil nach oben Top-Zeichen
mal|× abbrechen Multiplikation Multiplikationszeichen multiplizieren x
plus|+ addieren mathe Pluszeichen
minus|- − Mathe Minuszeichen
geteilt durch|÷ Division Divisionszeichen Geteiltzeichen Mathe
Unendlichkeit|ewig grenzenlos
doppeltes Ausrufezeichen|muss rot Satzzeichen
Ausrufe- und Fragezeichen|Ausrufezeichen rot Satzzeichen
rotes Fragezeichen|Satzzeichen warum wieso
weißes Fragezeichen|Satzzeichen warum
weißes Ausrufezeichen|muss Satzzeichen
rotes Ausrufezeichen|! Satzzeichen
Wellenlinie|gewellt
Geldwechsel|Währung
Dollarzeichen extrafett|bezahlen Dollar-Zeichen Geld Knete Moneten teuer USD Währung
Äskulapstab|Apotheke Arznei Asklepiosstab Medizin
Recycling-Symbol|grüne Punkt grüner Punkt
Lilie|Fleur-de-Lis
Dreizack|Anker Poseidon Triton
Namensschild
japanisches Anfänger-Zeichen|japanisches Symbol
hohler roter Kreis|großer Kreis
weißes Häkchen|abgehakt erledigt
abgehaktes Kästchen|✓ Abstimmungsfeld Abstimmungsfeld mit Häkchen ankreuz Kästchen mit Häkchen Wahlurne
kräftiges Häkchen|abhaken erledigt fertig
Kreuzzeichen|abbrechen durchgestrichen mal Multiplikation multiplizieren Rotes Kreuz x
angekreuztes Kästchen|angekreuztes Feld Kreuzsymbol im Quadrat X
Schleife
Doppelschleife|blau Rechteck
Teilalternationszeichen|japanisch Zeichensetzung
achtzackiger Stern|* grün Quadrat
achtstrahliger Stern|*
Funkeln|* grün Quadrat
Copyright
Registered-Trademark|Markenzeichen
Markenzeichen|TM Trademark
Wort „Cool“ in blauem Quadrat
Wort „Free“ in blauem Quadrat
Wort „New“ in blauem Quadrat|Neu
Großbuchstaben OK in blauem Quadrat|keycap okay Taste Tastenkappe
SOS-Zeichen|Hilfe
Schriftzug „UP!“ im blauen Quadrat|Keycap Taste Tastenkappe
Schriftzug VS in orangem Quadrat|gegen Taste versus
Zielflagge|formel 1 karierte Flagge nascar Rennen Sport
Wimpel|Dreiecksflagge rot Standortflagge
überkreuzte Flaggen|Japan japanische Flaggen
schwarze Flagge|Fahne schwarze Fahne wehen Wehende schwarze Fahne
weiße Flagge|Fahne wehen Wehende weiße Fahne
Regenbogenflagge|bisexuell bunt Fahne lesbisch lgbt lgbtq Pride queer schwul trans
Transgender-Flagge
Piratenflagge|Jolly Roger Piratenfahne Schatz
`.trim();
