//! What the demo's cases ask and its minutes say: short, respectful, about nobody.

/// What is asked in an anonymous consultation: of nobody in the demo.
pub(super) const CONSULTATION: &str = "En tonåring i årskurs 8 är hemma mest hela dagarna och vill inte träffa någon från skolan. \
    Vårdnadshavarna är inte överens om stöd. Hur kan vi börja, och vem tar den första kontakten?";

/// Why a proposal comes back.
pub(super) const COMES_BACK: &str = "Elevhälsan har erbjudit ett möte först. Föreslå igen om det inte räcker.";

/// What a case is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    Attendance,
    Wellbeing,
    Language,
    Transition,
    Everyday,
    Leisure,
    Economy,
    Plan,
    Support,
}

/// What is said of a topic. Of two sentences the first is from an earlier meeting, the second from a later.
pub(super) struct Words {
    pub question: &'static str,
    pub purpose: &'static str,
    /// Who brings what: the first of these units that takes part, of what kind it is, and what.
    pub contributions: [&'static [Told]; 2],
    /// The child's own view.
    pub view: [&'static str; 2],
    pub agreed: [&'static str; 2],
    /// Unit by its short name and what it undertakes.
    pub undertakings: &'static [(&'static str, &'static str)],
}

/// What a party brings.
pub(super) type Told = (&'static [&'static str], &'static str, &'static str);

const SCHOOL: &[&str] = &["school", "gymnasium", "preschool"];
const SOCIAL: &[&str] = &["social"];

impl Topic {
    pub(super) const fn words(self) -> &'static Words {
        match self {
            Self::Attendance => &ATTENDANCE,
            Self::Wellbeing => &WELLBEING,
            Self::Language => &LANGUAGE,
            Self::Transition => &TRANSITION,
            Self::Everyday => &EVERYDAY,
            Self::Leisure => &LEISURE,
            Self::Economy => &ECONOMY,
            Self::Plan => &PLAN,
            Self::Support => &SUPPORT,
        }
    }
}

const ATTENDANCE: Words = Words {
    question: "Hur kan vi tillsammans göra det lättare att komma till skolan på förmiddagarna?",
    purpose: "Följa upp närvaron och hur morgnarna kan bli lättare.",
    contributions: [
        &[
            (SCHOOL, "school", "Närvaron är 45 procent, bäst på dagar med praktiska ämnen."),
            (SOCIAL, "social", "Har träffat familjen två gånger."),
        ],
        &[(
            SCHOOL,
            "school",
            "Närvaron har gått från 45 till 70 procent. Den senare starten på måndagar fungerar väl.",
        )],
    ],
    view: ["Vill börja senare och få veta dagen innan vad som ska hända.", "Tycker att det går bättre nu."],
    agreed: [
        "Anpassad start tre dagar i veckan. En vuxen möter vid entrén.",
        "Vi fortsätter likadant fram till lovet och lägger till en dag.",
    ],
    undertakings: &[
        ("school", "Ser över schemat för måndag och tisdag"),
        ("gymnasium", "Ordnar möte med mentor om schemat"),
        ("health", "Erbjuder samtal en gång i veckan"),
        ("social", "Ringer familjen och berättar vad vi kommit fram till"),
    ],
};

const WELLBEING: Words = Words {
    question: "Vem gör vad för att oron inte ska ta över vardagen?",
    purpose: "Samordna stödet så att det är tydligt vem som gör vad.",
    contributions: [
        &[
            (&["bup"], "health", "En första kontakt är tagen."),
            (SCHOOL, "school", "Orkar två lektioner i taget och behöver en plats att vila på."),
        ],
        &[(&["bup"], "health", "Samtalen har börjat."), (SCHOOL, "school", "Pauserna används mindre än förut.")],
    ],
    view: ["Vill ha en vuxen att vända sig till i skolan.", "Säger att pauserna hjälper."],
    agreed: ["En kontaktperson utses i skolan och får veta när det är möte på BUP.", "Stödet fortsätter i samma takt."],
    undertakings: &[
        ("bup", "Skickar kallelse till bedömningssamtal"),
        ("school", "Utser en kontaktperson"),
        ("gymnasium", "Utser en kontaktperson"),
        ("social", "Erbjuder föräldrastöd"),
    ],
};

const LANGUAGE: Words = Words {
    question: "Hur kan språket få mer utrymme hemma, i förskolan och hos BVC?",
    purpose: "Stämma av hur språkutvecklingen stöds på alla ställen.",
    contributions: [
        &[
            (&["preschool"], "school", "Leker gärna, använder bildstöd och få ord."),
            (&["bvc"], "health", "Hörseln är kontrollerad utan anmärkning."),
        ],
        &[
            (&["preschool"], "school", "Fler ord och längre lekar i liten grupp."),
            (&["bvc"], "health", "En ny uppföljning är bokad."),
        ],
    ],
    view: ["Pekar ut sina favoritböcker i läsvrån.", "Visar med bilder vad som är roligt."],
    agreed: ["Samma bildstöd används hemma och i förskolan.", "Läsvrån och bildstödet fortsätter."],
    undertakings: &[
        ("preschool", "Tar fram ett bildschema att ha hemma"),
        ("bvc", "Bokar språkuppföljning"),
        ("social", "Berättar om öppna förskolan"),
    ],
};

const TRANSITION: Words = Words {
    question: "Vad behöver vara klart inför bytet så att den nya starten blir trygg?",
    purpose: "Förbereda övergången till nästa stadium.",
    contributions: [
        &[(SCHOOL, "school", "Trivs med få vuxna och tydliga rutiner. Mottagande skola har tid för besök.")],
        &[(SCHOOL, "school", "Besöket gick bra, en plan för de första veckorna är skriven.")],
    ],
    view: ["Vill se de nya lokalerna när det är tomt på folk.", "Ser fram emot bytet men undrar över matsalen."],
    agreed: [
        "Två besök före bytet och samma kontaktperson hela första tiden.",
        "Planen för de första veckorna gäller.",
    ],
    undertakings: &[
        ("school", "Bokar två besök"),
        ("preschool", "Skriver överlämning tillsammans med vårdnadshavarna"),
        ("gymnasium", "Utser mottagande mentor"),
        ("social", "Deltar vid första besöket om familjen vill"),
    ],
};

const EVERYDAY: Words = Words {
    question: "Hur får familjen stöd i vardagsrutinerna så att dagen börjar lugnt?",
    purpose: "Samla stödet kring morgon- och kvällsrutiner.",
    contributions: [
        &[
            (SCHOOL, "school", "Trött på förmiddagen, glad efter mellanmålet."),
            (SOCIAL, "social", "Erbjuder familjestöd."),
        ],
        &[(SOCIAL, "social", "Rutinerna hemma har blivit lugnare. Familjen är nöjd med stödet.")],
    ],
    view: ["Vill läsa saga före frukost.", "Tycker om den nya morgonlistan."],
    agreed: ["Familjestöd under åtta veckor och en gemensam morgonlista.", "Stödet trappas ned i samråd med familjen."],
    undertakings: &[
        ("social", "Startar familjestöd"),
        ("preschool", "Meddelar hur förmiddagarna går"),
        ("school", "Meddelar hur förmiddagarna går"),
        ("bvc", "Ger råd om sömn"),
    ],
};

const LEISURE: Words = Words {
    question: "Finns det en aktivitet efter skolan där det går att få nya kamrater?",
    purpose: "Hitta en fritid som håller över terminen.",
    contributions: [
        &[
            (&["leisure"], "social", "Det finns plats i klättergruppen på onsdagar."),
            (SCHOOL, "school", "Söker sig till de yngre på rasterna."),
        ],
        &[
            (&["leisure"], "social", "Har varit med fyra onsdagar av fem."),
            (SCHOOL, "school", "Har börjat vara med på rasterna."),
        ],
    ],
    view: ["Vill prova att klättra.", "Vill fortsätta och ta med en klasskamrat."],
    agreed: ["Provar klättergruppen i fyra veckor, fritidsledaren möter upp.", "Platsen behålls terminen ut."],
    undertakings: &[
        ("leisure", "Håller en plats i klättergruppen"),
        ("school", "Följer till bussen på onsdagar"),
        ("social", "Söker bidrag till avgiften tillsammans med familjen"),
    ],
};

const ECONOMY: Words = Words {
    question: "Hur kan familjens olika stöd passas ihop så att barnet inte märker av väntetiderna?",
    purpose: "Reda ut vilka stöd som söks var och när svar kan väntas.",
    contributions: [
        &[
            (&["fk"], "social", "En ansökan är inne och handläggs."),
            (SOCIAL, "social", "Budgetrådgivning är erbjuden."),
        ],
        &[(&["fk"], "social", "Beslut är fattat."), (SCHOOL, "school", "Kan vara med på utflykter utan avgift.")],
    ],
    view: ["Vill kunna följa med på klassresan.", "Är glad att resan är ordnad."],
    agreed: ["Var och en säger vem familjen kan ringa. Klassresan löses inom skolan.", "Inget mer behövs just nu."],
    undertakings: &[
        ("fk", "Ger familjen ett namn att ringa"),
        ("school", "Ordnar klassresan utan avgift"),
        ("social", "Bokar budgetrådgivning"),
    ],
};

const PLAN: Words = Words {
    question: "Vilken väg till studier eller arbete passar efter gymnasiet, och vem hjälper till?",
    purpose: "Göra en gemensam plan för studier, praktik och arbete.",
    contributions: [
        &[(SCHOOL, "school", "Tre kurser återstår."), (&["af"], "social", "Praktik finns att få från nästa månad.")],
        &[(SCHOOL, "school", "Två kurser är klara."), (&["af"], "social", "Praktikplatsen fungerar väl.")],
    ],
    view: ["Vill arbeta med djur eller utomhus.", "Trivs på praktiken och vill bli klar med skolan."],
    agreed: ["Praktik två dagar, skola tre dagar.", "Upplägget fortsätter till terminens slut."],
    undertakings: &[
        ("gymnasium", "Gör en ny studieplan"),
        ("af", "Bokar studiebesök på en praktikplats"),
        ("adult", "Erbjuder en första tid"),
        ("social", "Håller kontakten under praktiken"),
    ],
};

const SUPPORT: Words = Words {
    question: "Hur håller vi ihop de insatser som redan finns så att familjen slipper vara budbärare?",
    purpose: "Gå igenom insatserna och vem som håller ihop dem.",
    contributions: [
        &[
            (SCHOOL, "school", "Arbetar med samma mål som habiliteringen men på andra sätt."),
            (SOCIAL, "social", "Familjen har många möten."),
        ],
        &[(SOCIAL, "social", "Mötena har blivit färre. Alla har samma lista över vem som gör vad.")],
    ],
    view: ["Vill att de vuxna talar med varandra.", "Tycker att det är lugnare nu."],
    agreed: ["En gemensam lista över insatser, socialtjänsten håller i den.", "Listan ses över varje månad."],
    undertakings: &[
        ("social", "Skriver listan över insatser"),
        ("habilitation", "Samordnar besök till samma dag"),
        ("school", "Skickar schema till alla som behöver det"),
        ("gymnasium", "Skickar schema till alla som behöver det"),
        ("preschool", "Skickar dagschema till alla som behöver det"),
        ("bup", "Bokar gemensamt uppföljningssamtal"),
    ],
};

/// What stands in minutes now and then, for the reviewer to weigh: it tells of somebody else (M9).
pub(super) const MENTION: &str = "Ett syskon går på samma skola.";

/// What a reviewer wrote of the whole when returning minutes.
pub(super) const RETURNED: &str = "Bra skrivet. Två saker att rätta, de står vid texten.";
/// And of what was agreed.
pub(super) const RETURNED_AGREED: &str = "Förtydliga vem som kontaktar familjen, och till när.";
/// And of what was told of somebody else.
pub(super) const RETURNED_TOLD: &str = "Ta bort meningen om syskonet: samtycket gäller inte det barnet.";

/// Titles of general items, by turns.
pub(super) const GENERAL: [&str; 4] =
    ["Aktuellt från parterna", "Nya rutiner för kallelser", "Genomgång av åtaganden", "Kommande utbildningsdag"];

/// What guardians think.
pub(super) const GUARDIANS: [&str; 3] = [
    "Vill vara med nästa gång och tycker att samarbetet fungerar.",
    "Är oroliga för hur det blir efter lovet och vill ha en fast kontakt.",
    "Tycker att det går åt rätt håll.",
];

/// What is brought where nobody of a topic takes part.
pub(super) const AS_BEFORE: &str = "Stödet fortsätter som det är.";
