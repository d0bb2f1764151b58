"""Words that stand in a column of places and are no place, or stand around the name of one."""

from typing import Final

from katalysator.tables.places.spelling import folded


def _words(text: str) -> frozenset[str]:
    return frozenset(folded(word) for word in text.split(";"))


ONLINE: Final = _words(
    "online; on-line; op afstand; remote; hybride; hybrid; digitaal; digital; virtueel; virtual; thuis; "
    "thuiswerken; thuiswerk; vanuit huis; van thuis uit; work from home; working from home; at home; "
    "home; WFH; Teams; via Teams; MS Teams; Zoom; via Zoom; videobellen; telewerken; remotely; "
    "plaatsonafhankelijk; afstand; web; internet; remote work; from home; remote working; thuiswerkplek"
)
"""At no place, or not at a place alone."""

NO_MATTER: Final = _words(
    ";-;?;x;nvt;n/a;na;geen;none;geen voorkeur;no preference;maakt niet uit;maakt ons niet uit;"
    "doesn't matter;does not matter;anywhere;any;onbekend;unknown;ntb;n.t.b.;tbd;tba;nader te bepalen;"
    "in overleg;nog onbekend;flexibel;flexible;divers;diverse;various;wisselend;niet van toepassing;"
    "not applicable;idem;nog te bepalen;to be determined;any location;elke locatie;diverse locaties;meerdere locaties;verschillende locaties;waar dan ook"
)
"""Nothing is asked or told about the place."""

BEFORE: Final = _words(
    "gemeente;gem;gemeenten;regio;regio's;provincie;provincies;prov;omgeving;omg;omstreken;rond;rondom;"
    "in;te;heel;geheel;hele;gehele;stad;steden;de;het;the;region;area;greater;groot;province;"
    "municipality;city;around;near;nabij;bij;of;en;ook;or;and;also;locatie;vestiging;kantoor;regionaal;"
    "stadsregio;voorkeur;liefst;vooral;deels;grotendeels;volledig;alleen;uitsluitend;only;mainly;"
    "partly;fully;mostly;preferably;whole;all;entire;binnen;oa;plaats;"
    "woonplaats;werkgebied;va;vanuit;from;uit;eventueel;evt;mogelijk;possibly;campus;land;country;op;on;site;mn;met;via;within;werken;wijde;omtrek;maar;hoofdkantoor;veiligheidsregio;vervoerregio;arbeidsmarktregio;ggd;deal;100%;name;zoals;bijv;bv;bijvoorbeeld;incl;inclusief;including;onsite;on-site;ter;plaatse;fysiek;van;ons;buurt;reg;ergens;vlakbij;dichtbij;aan"
)
"""Left off before a name is looked up once more."""

AFTER: Final = _words(
    "eo;en omgeving;en omstreken;omgeving;omstreken;area;region;regio;stad;city;centrum;center;centre;"
    "provincie;province;gemeente;and surroundings;and surrounding area;and surrounding areas;noord;zuid;"
    "oost;west;zuidoost;zuidwest;noordoost;noordwest;nieuw west;north;south;east;west;southeast;campus;"
    "mogelijk;possible;ook mogelijk;kan ook;also possible;kan;ook;only;alleen;breed;wide;binnenstad;en omg;en regio;"
    "bij voorkeur;voorkeur;liefst;preferred;cs;centraal;science park;buiten;poort;haven;airport;ok"
)
"""Left off after a name: at most two words in all."""

BUT_NOT: Final = _words(
    "behalve;niet;geen;uitgezonderd;muv;excl;exclusief;except;not;no;without;zonder"
)
"""What follows is left out, so that the whole means less than its names."""

COMPASS: Final = _words(
    "noord;oost;zuid;west;midden;noordelijk;oostelijk;zuidelijk;westelijk;noordoost;noordwest;zuidoost;zuidwest;north;south;east;west;central"
)
