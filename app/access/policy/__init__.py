"""Who may see what of one client, and why: facts in, grants out. The only place with the rules.

Source: the access model (grounds, section 2; gates, section 3) and `matrix/ceiling_v1.csv`.
Pure and total: no I/O, no clock; periods are part of the answer.
"""

from app.access.policy.ages import with_consents_that_count
from app.access.policy.blocks import after_blocks, organisations, person_by_person
from app.access.policy.consent import of_consent, of_referral
from app.access.policy.emergency import of_broken_glass, treats
from app.access.policy.involvement import of_assignment, of_treatment
from app.access.policy.persons import of_persons
from app.access.policy.single import (
    of_confirmation,
    of_contract,
    of_registration,
    of_request,
    of_supervision,
)
from app.access.policy.substitution import with_substitutes
from app.access.vocabulary import Grant
from app.access.world import World

__all__ = ["grants", "treats"]


def grants(world: World) -> frozenset[Grant]:
    """Every grant that follows from the facts of one client; nothing follows -> nobody sees."""
    if world.erased:
        return frozenset()
    world = with_consents_that_count(with_substitutes(world))
    found = [
        *of_persons(world),
        *of_treatment(world),
        *of_assignment(world),
        *of_consent(world),
        *of_referral(world),
        *of_contract(world),
        *of_confirmation(world),
        *of_supervision(world),
        *of_request(world),
        *of_registration(world),
        *of_broken_glass(world),
    ]
    owners = organisations(world)
    return frozenset(
        piece
        for grant in found
        for own in person_by_person(grant, world)
        for piece in after_blocks(own, world.blocks, owners)
        if piece.categories or piece.creates
    )
