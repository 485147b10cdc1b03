"""Which roles stand for which party of a trajectory."""

from app.access.vocabulary import Role
from app.domain.trajectory.rules.words import Seat

CLIENT = frozenset({Role.CLIENT})
CLINICIAN = frozenset({Role.CLINICIAN})
AUTHORITY = frozenset({Role.LABOUR_EXPERT, Role.MUNICIPAL_CASE_MANAGER})
COACHES = frozenset({Role.REINTEGRATION_COACH, Role.IPS_COACH})
SEATS: dict[Role, Seat] = {
    Role.CLIENT: Seat.CLIENT,
    Role.CLINICIAN: Seat.CLINICIAN,
    Role.LABOUR_EXPERT: Seat.AUTHORITY,
    Role.MUNICIPAL_CASE_MANAGER: Seat.AUTHORITY,
    Role.REINTEGRATION_COACH: Seat.COACH,
    Role.IPS_COACH: Seat.COACH,
}
