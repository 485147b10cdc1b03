"""Dutch words (B1) for what a client reads about sharing; pure."""

from dataclasses import dataclass

from app.access.vocabulary import Basis, Category, OrganisationKind, Purpose, Reach, Role, Verb

CATEGORIES: dict[Category, str] = {
    Category.IDENTITY: "uw naam, geboortedatum en contactgegevens",
    Category.BSN: "uw burgerservicenummer (BSN)",
    Category.EXISTENCE: "dat u een traject naar werk heeft",
    Category.STATUS: "hoe ver u bent in het traject",
    Category.LADDER: "uw trede op de participatieladder",
    Category.LADDER_NOTES: "de uitleg bij uw trede",
    Category.ACTION_PLAN: "uw plan van aanpak voor werk",
    Category.WORK_QUESTION: "uw vraag en wens over werk",
    Category.WORK_HISTORY: "uw werk en opleiding van vroeger",
    Category.WORK_CAPACITY: "wat u nodig heeft om te kunnen werken",
    Category.MEDICAL: "uw medische gegevens en behandeling",
    Category.INSURANCE_PHYSICIAN_NOTES: "de aantekeningen van de verzekeringsarts",
    Category.PSYCHOLOGICAL_ANAMNESIS: "het gesprek met de psycholoog",
    Category.WORK_ADVICE: "het werkadvies van de psycholoog",
    Category.BENEFIT: "uw uitkering en inkomen",
    Category.PLACEMENT: "uw werkplek",
    Category.ACCOMMODATION: "aanpassingen op uw werk",
    Category.DISCLOSURE_CHOICE: "wat u op uw werk wilt vertellen",
    Category.WELLBEING: "hoe het met u gaat, in uw eigen woorden",
    Category.EARLY_WARNING_PLAN: "uw signaleringsplan",
    Category.LIFE_EVENT: "belangrijke gebeurtenissen in uw leven",
    Category.CONTACT_LOG: "de afspraken en gesprekken met uw coach",
    Category.PROGRESS_REPORT: "de verslagen over uw voortgang",
    Category.FEEDBACK: "wat uw begeleiders aan elkaar terugkoppelen",
    Category.START_CONVERSATION: "de afspraken uit het startgesprek",
    Category.CONSENT: "uw toestemmingen",
    Category.ACCESS_LOG: "wie uw gegevens heeft bekeken",
}
ROLES: dict[Role, str] = {
    Role.CLIENT: "u zelf",
    Role.REPRESENTATIVE: "uw vertegenwoordiger",
    Role.SUPPORTER: "uw naaste",
    Role.CLINICIAN: "behandelaar",
    Role.PSYCHOLOGIST: "psycholoog",
    Role.IPS_COACH: "IPS-trajectbegeleider",
    Role.REINTEGRATION_COACH: "re-integratiecoach",
    Role.INSURANCE_PHYSICIAN: "verzekeringsarts",
    Role.LABOUR_EXPERT: "arbeidsdeskundige",
    Role.MUNICIPAL_CASE_MANAGER: "klantmanager van de gemeente",
    Role.EMPLOYER: "werkgever",
    Role.JOB_COACH: "jobcoach",
    Role.HEALTH_INSURER: "zorgverzekeraar",
    Role.SUPERVISOR: "leidinggevende",
    Role.PRIVACY_DESK: "privacyloket",
    Role.DATA_PROTECTION_OFFICER: "functionaris gegevensbescherming",
    Role.ORGANISATION_ADMIN: "beheerder van de organisatie",
    Role.REPORTING: "medewerker rapportage",
    Role.SYSTEM_ADMIN: "systeembeheerder",
}
PURPOSES: dict[Purpose, str] = {
    Purpose.TREATMENT: "voor uw behandeling",
    Purpose.REINTEGRATION: "voor uw stap naar werk",
    Purpose.BENEFIT_ADMINISTRATION: "voor de uitkering",
    Purpose.QUALITY_REPORTING: "voor cijfers over de kwaliteit",
    Purpose.EMERGENCY: "bij spoed",
}
REACHES: dict[Reach, str] = {
    Reach.ALL: "alles wat hierover is opgeschreven",
    Reach.AUTHORED: "alleen wat deze persoon zelf heeft opgeschreven",
    Reach.OWN: "alleen de toestemmingen van of voor deze organisatie",
}
SENDER_ONLY = "alleen wat de organisatie die deelt heeft opgeschreven"
ONE_RECORD = "alleen één document of gesprek"
LISTED = "gezien in een lijst"
VERBS: dict[Verb, str] = {
    Verb.CREATE: "toegevoegd",
    Verb.READ: "bekeken",
    Verb.UPDATE: "gewijzigd",
    Verb.SEARCH: "gezocht",
}
REFUSED = "geprobeerd, maar niet gekregen"
NOBODY_YET = "Er werkt nog niemand van deze organisatie met u. Dit geldt zodra dat wel zo is."


@dataclass(frozen=True)
class Reason:
    """Why a party may look, and the article it rests on, where there is one."""

    words: str
    article: str | None = None


_REASONS: dict[Basis, Reason] = {
    Basis.SELF: Reason("Het zijn uw eigen gegevens.", "AVG, artikel 15"),
    Basis.MANDATE: Reason("Deze persoon mag namens u handelen.", "Burgerlijk Wetboek 7:465"),
    Basis.SUPPORTER: Reason("U heeft deze persoon zelf gekozen als naaste."),
    Basis.TREATMENT: Reason("Deze persoon behandelt u.", "Burgerlijk Wetboek 7:457, lid 2"),
    Basis.ASSIGNMENT: Reason("Deze persoon begeleidt u in dit traject."),
    Basis.STATUTORY: Reason("De wet geeft deze organisatie deze taak."),
    Basis.CONTRACT: Reason("Dit zijn de eigen afspraken van de werkgever met u."),
    Basis.CONSENT: Reason("U heeft hiervoor toestemming gegeven.", "AVG, artikel 7"),
    Basis.REFERRAL: Reason("U vond het goed dat u bij deze organisatie bent aangemeld."),
    Basis.AUTHOR: Reason("Deze persoon heeft dit zelf opgeschreven."),
    Basis.OWN: Reason("Deze organisatie deelt of krijgt gegevens met uw toestemming."),
    Basis.CONFIRMATION: Reason("Deze persoon was bij het gesprek en heeft het bevestigd."),
    Basis.CONTROLLER: Reason("Deze organisatie moet de eigen gegevens bewaren."),
    Basis.SUPERVISION: Reason("Deze persoon is verantwoordelijk voor het werk van een collega."),
    Basis.REQUEST: Reason("U heeft een verzoek gedaan over uw gegevens.", "AVG, artikel 12"),
    Basis.BREAK_GLASS: Reason(
        "Deze persoon gebruikte noodtoegang, omdat er spoed was. Een ander kijkt of dat mocht.",
        "AVG, artikel 9, lid 2, onder c",
    ),
    Basis.REVIEW: Reason("Deze persoon kijkt of de noodtoegang terecht was.", "AVG, artikel 32"),
}
_ARTICLES: dict[tuple[Basis, OrganisationKind], str] = {
    (Basis.STATUTORY, OrganisationKind.UWV): "Wet SUWI, artikel 30a",
    (Basis.STATUTORY, OrganisationKind.MUNICIPALITY): "Participatiewet, artikel 7",
    (Basis.ASSIGNMENT, OrganisationKind.REINTEGRATION_COMPANY): "Besluit SUWI, artikel 5.18",
    (Basis.CONTROLLER, OrganisationKind.GGZ_PROVIDER): "Burgerlijk Wetboek 7:454",
}


def reason_of(basis: Basis, kind: OrganisationKind | None) -> Reason:
    """The ground in words, with the article that fits this kind of organisation."""
    found = _REASONS[basis]
    article = None if kind is None else _ARTICLES.get((basis, kind))
    return Reason(found.words, article or found.article)


def inner(categories: frozenset[Category]) -> list[Category]:
    """In the fixed order of the vocabulary, so that equal sets read alike."""
    return [category for category in Category if category in categories]
