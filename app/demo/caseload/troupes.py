"""Who plays: most courses are of one coach, some of colleagues, who see part of what he sees."""

HOUSE = {
    role: f"{role}-caseload"
    for role in (
        "clinician",
        "psychologist",
        "coach",
        "supervisor",
        "expert",
        "physician",
        "manager",
    )
}
_ELSEWHERE = {role: f"{role}-colleague" for role in ("clinician", "psychologist", "coach")}
COLLEAGUE = {**HOUSE, **_ELSEWHERE}
GARDEN = {**COLLEAGUE, "coach": "coach-garden"}
