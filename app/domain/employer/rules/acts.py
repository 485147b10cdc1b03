"""Who of an organisation may look into its own directory of employers, and add to it."""

from app.access.acts import DirectoryAct
from app.access.vocabulary import Role, Verb

WRITERS = (
    Role.IPS_COACH,
    Role.REINTEGRATION_COACH,
    Role.JOB_COACH,
    Role.LABOUR_EXPERT,
    Role.MUNICIPAL_CASE_MANAGER,
)
READERS = (*WRITERS, Role.SUPERVISOR)
"""Those who speak with employers, and who answers for their work. No care, no desk, no employer."""

LOOK = DirectoryAct(Verb.READ, READERS)
ADD = DirectoryAct(Verb.CREATE, WRITERS)
CHANGE = DirectoryAct(Verb.UPDATE, WRITERS)
