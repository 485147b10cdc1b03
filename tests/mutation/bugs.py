"""Mistakes that a developer could make in the domain, each with the tests that must notice it."""

from dataclasses import dataclass

from tests.mutation.planting import ROOT, Plant

GATES = "tests/rules/test_policy_gates.py"
MANDATES = "tests/rules/test_policy_mandates.py"
EMERGENCY = "tests/rules/test_policy_emergency.py"
WHOLE = "tests/rules/test_policy_whole.py"
LAWS = "tests/rules/test_policy_laws.py"
CEILINGS = "tests/access/test_ceilings.py"
WALLS = "tests/walls/test_one_dimension_off.py"
LOG = "tests/access/test_log.py"
ASKING = "tests/security/test_who_is_asking.py"
POLICY = "app/access/policy/"


@dataclass(frozen=True)
class Bug:
    """`old` stands once in the file at `path`; with `new` in its place one of `killers` is red."""

    name: str
    wrong: str
    path: str
    old: str
    new: str
    killers: tuple[str, ...]
    pure: bool = True

    def plant(self) -> Plant:
        """Raises ValueError when the place is gone: then the bug is to be told anew."""
        source = (ROOT / self.path).read_text(encoding="utf-8")
        if source.count(self.old) != 1:
            raise ValueError(f"{self.name}: not once in {self.path}")
        changed = source.replace(self.old, self.new)
        return Plant(self.name, {self.path: changed}, self.killers, self.pure)


def _policy(name: str, wrong: str, module: str, old: str, new: str, *killers: str) -> Bug:
    return Bug(name, wrong, f"{POLICY}{module}.py", old, new, killers)


TIME = (
    Bug(
        "the end counts in",
        "a period holds at its last moment too",
        "app/access/vocabulary.py",
        "moment < self.valid_until)",
        "moment <= self.valid_until)",
        (EMERGENCY,),
    ),
    Bug(
        "a meeting of no length",
        "two periods that only touch are taken to meet",
        "app/access/vocabulary.py",
        "end <= start else",
        "end < start else",
        (EMERGENCY, GATES, LAWS),
    ),
    Bug(
        "nothing after the block",
        "what comes after a block stays barred",
        "app/access/vocabulary.py",
        "left.append(Period(other.valid_until, self.valid_until))",
        "pass",
        (GATES, MANDATES, LAWS),
    ),
    _policy(
        "a birthday in Greenwich",
        "an age begins at midnight UTC",
        "ages",
        "ZoneInfo(DAYS_OF))",
        "UTC)",
        MANDATES,
    ),
    _policy(
        "treatment outlives the job",
        "who left the organisation is still in the team",
        "involvement",
        "period = None if member is None else member.period.meets(treatment.period)",
        "period = treatment.period",
        LAWS,
    ),
    _policy(
        "a consent without end",
        "the period of a consent is not looked at",
        "consent",
        "period = consent.period.meets(involved)",
        "period = involved",
        LAWS,
    ),
)
BLOCKS = (
    _policy(
        "consent beats block",
        "a block does not stop what a consent opens",
        "blocks",
        "        Basis.CONSENT,\n",
        "",
        LAWS,
    ),
    _policy(
        "block beats law",
        "a block stops a legal task",
        "blocks",
        "        Basis.TREATMENT,\n        Basis.ASSIGNMENT,",
        "        Basis.TREATMENT,\n        Basis.STATUTORY,\n        Basis.ASSIGNMENT,",
        LAWS,
    ),
    _policy(
        "the blocked may add",
        "a block bars reading and not writing",
        "blocks",
        "creates=grant.creates & kept",
        "creates=grant.creates",
        LAWS,
    ),
    _policy(
        "the inbox is not blocked",
        "a blocked organisation reads on through its inbox",
        "blocks",
        "    owners |= {contract.inbox_id: contract.organisation_id for contract in"
        " world.contracts}\n",
        "",
        WHOLE,
    ),
    _policy(
        "a blocked person reads the inbox",
        "a block of one person leaves the inbox to that person",
        "blocks",
        "if grant.basis not in BEATEN_BY_BLOCK or barred.isdisjoint(member.id for member"
        " in there):",
        "if True:",
        GATES,
    ),
)
CONSENT = (
    _policy(
        "signed is signed",
        "a consent opens what the ceiling never allows",
        "consent",
        "opened = consent.categories & open_to_consent(member.role, member.policy_version)",
        "opened = consent.categories",
        LAWS,
    ),
    _policy(
        "the whole file",
        "a consent to one extract opens every such record",
        "consent",
        "    if consent.record_id is None:\n",
        "    if False:\n",
        GATES,
    ),
    _policy(
        "every colleague reads",
        "a consent to one named person is for the whole role",
        "consent",
        "and consent.recipient_membership_id in {None, member.id}",
        "",
        LAWS,
    ),
    _policy(
        "every role reads",
        "a consent to one role is for the whole organisation",
        "consent",
        "and member.role is consent.recipient_role",
        "",
        LAWS,
    ),
    _policy(
        "every organisation reads",
        "a consent to one organisation is for all with that role",
        "consent",
        "and member.organisation_id == consent.recipient_organisation_id",
        "",
        LAWS,
    ),
    _policy(
        "from whomever",
        "a consent to send by one opens what others keep too",
        "consent",
        "record_id=consent.record_id,\n        sender_organisation_id=consent"
        ".sender_organisation_id,",
        "record_id=consent.record_id,",
        WHOLE,
    ),
    _policy(
        "for whatever",
        "the purposes of a consent are not looked at",
        "consent",
        "purposes=stated & purposes_of(member.role)",
        "purposes=purposes_of(member.role)",
        LAWS,
    ),
    _policy(
        "in whichever trajectory",
        "a consent for one trajectory opens the other",
        "consent",
        "trajectory_id=trajectory_id if consent.record_id is None else None",
        "trajectory_id=None",
        WHOLE,
    ),
    _policy(
        "an employer in the inbox",
        "the employer's consent of another placement counts",
        "consent",
        "            or consent.trajectory_id not in {None, contract.trajectory_id}\n",
        "",
        GATES,
        LAWS,
    ),
    _policy(
        "the referral says who",
        "a referral is open without a consent to its existence",
        "consent",
        "                or Category.EXISTENCE not in consent.categories\n",
        "",
        GATES,
        LAWS,
    ),
    _policy(
        "the inbox never empties",
        "a referral that was answered is still open by its consent",
        "consent",
        "reader = _reader(world, consent, referral.inbox_id, referral.period)",
        "reader = _reader(world, consent, referral.inbox_id, consent.period)",
        GATES,
    ),
    _policy(
        "a named person of elsewhere",
        "whoever a consent names reads the inbox of another role",
        "consent",
        "if member is None or not _is_recipient(member, consent):",
        "if member is None:",
        LAWS,
    ),
)
INVOLVED = (
    _policy(
        "anyone may treat",
        "a treatment opens the file to roles outside care",
        "involvement",
        " or member.role not in GGZ_TEAM:",
        ":",
        GATES,
    ),
    _policy(
        "drafts for all",
        "capacity is read before its release",
        "involvement",
        "drafts = physician or grant.reach is not Reach.ALL",
        "drafts = True",
        GATES,
    ),
    _policy(
        "all after the end",
        "who took part keeps reading what others recorded",
        "involvement",
        "categories=mask_of(seen),\n        sender_organisation_id=member.organisation_id,",
        "categories=mask_of(seen),",
        GATES,
    ),
    _policy(
        "a task of another body",
        "whoever is assigned reads by another body's task",
        "involvement",
        "own = (task.trajectory_id, task.organisation_id) == (\n"
        "            base.trajectory_id,\n            member.organisation_id,\n        )",
        "own = task.trajectory_id == base.trajectory_id",
        GATES,
    ),
    _policy(
        "carried over by the armful",
        "a consent without a record opens the other trajectories too",
        "consent",
        "trajectory_id=trajectory_id if consent.record_id is None else None",
        "trajectory_id=None",
        GATES,
    ),
    _policy(
        "the audience is lifted",
        "being involved opens feedback that was meant for another",
        "involvement",
        "mask_of(seen - ADDRESSED), mask_of(seen & ADDRESSED)",
        "mask_of(seen), mask_of(seen & ADDRESSED)",
        GATES,
    ),
    _policy(
        "the client's own plan",
        "treatment opens the plan that the client wrote",
        "involvement",
        "yield from involvement(base, member, seen - own_file)",
        "yield from involvement(base, member, seen)",
        GATES,
    ),
    _policy(
        "whoever pays the coach",
        "an employer's coach learns the BSN",
        "members",
        "return commissioned_by not in AUTHORITIES",
        "return False",
        GATES,
    ),
    _policy(
        "a hired coach",
        "an IPS coach who is not employed sees the BSN",
        "members",
        "gate == 4 and not member.employed",
        "False",
        GATES,
    ),
    _policy(
        "any role anywhere",
        "a clinician of UWV counts as one",
        "members",
        "return member.role in roles_of(member.organisation_kind)",
        "return True",
        LAWS,
    ),
    _policy(
        "a supervisor of elsewhere",
        "one supervises across organisations",
        "single",
        "if supervisor.organisation_id != supervised.organisation_id:",
        "if False:",
        GATES,
        LAWS,
    ),
    _policy(
        "the desk reads all",
        "a privacy desk reads what others keep",
        "single",
        "            sender_organisation_id=request.organisation_id,\n",
        "",
        GATES,
    ),
    _policy(
        "a system reads all",
        "a client system reads more than it recorded",
        "single",
        "            reach=Reach.AUTHORED,\n",
        "",
        GATES,
    ),
    _policy(
        "anyone stands in",
        "a stand-in of another role or organisation inherits",
        "substitution",
        "if (absent.organisation_id, absent.role) != (substitute.organisation_id,"
        " substitute.role):",
        "if False:",
        GATES,
    ),
    _policy(
        "life after erasure",
        "the grants of an erased client stay",
        "__init__",
        "if world.erased:",
        "if False:",
        LAWS,
    ),
)
PERSONS = (
    _policy(
        "money sees health",
        "a financial administrator reads medical data",
        "persons",
        "return allowed - MEDICAL",
        "return allowed",
        GATES,
    ),
    _policy(
        "a parent for ever",
        "a parent speaks for a grown-up",
        "persons",
        "always.append((Period(BEGINNING, young), scope))",
        "always.append((Period(BEGINNING), scope))",
        MANDATES,
    ),
    _policy(
        "unable for ever",
        "an incapacity without an end counts",
        "persons",
        " and incapacity.period.valid_until is not None:",
        ":",
        MANDATES,
    ),
    _policy(
        "a partner beside the guardian",
        "a relative speaks although somebody above does",
        "persons",
        "if kind is MandateKind.RELATIVE:\n        for other",
        "if False:\n        for other",
        MANDATES,
    ),
    _policy(
        "nobody bars a partner",
        "the client cannot bar whom the client chose",
        "persons",
        "frozenset({MandateKind.LEGAL_GUARDIAN, MandateKind.PARENT})",
        "frozenset({MandateKind.LEGAL_GUARDIAN, MandateKind.PARENT, MandateKind.RELATIVE})",
        MANDATES,
    ),
    _policy(
        "a guardian weighs for the able",
        "a guardian reads medical data of who can weigh it",
        "persons",
        "always.append((Period(adult), scope - medical))",
        "always.append((Period(adult), scope))",
        MANDATES,
    ),
    _policy(
        "a long emergency",
        "the glass stays broken for ten days",
        "emergency",
        "timedelta(hours=24)",
        "timedelta(hours=240)",
        EMERGENCY,
    ),
    _policy(
        "anyone breaks the glass",
        "a psychologist breaks it too",
        "emergency",
        "member.role is not Role.CLINICIAN",
        "member.role not in GGZ_TEAM",
        EMERGENCY,
    ),
    _policy(
        "an open emergency",
        "a broken glass without an end counts",
        "emergency",
        "if glass.period.valid_until is None or not glass.reason.strip():",
        "if not glass.reason.strip():",
        EMERGENCY,
    ),
    _policy(
        "an emergency for no reason",
        "the glass is broken and nobody says why",
        "emergency",
        "if glass.period.valid_until is None or not glass.reason.strip():",
        "if glass.period.valid_until is None:",
        EMERGENCY,
    ),
    _policy(
        "an emergency of strangers",
        "the glass is broken where nobody treats the client",
        "emergency",
        "    for period in treating(world, member):",
        "    for period in [member.period]:",
        EMERGENCY,
    ),
)
CEILING = (
    Bug(
        "a BSN on consent",
        "a professional gets the number because the client signed",
        "app/access/ceilings.py",
        "opened if role in PERSONS else opened - {Category.BSN}",
        "opened",
        (CEILINGS,),
    ),
    Bug(
        "everyone is one team",
        "the integrated team holds where nobody chose it",
        "app/access/ceilings.py",
        "if version == INTEGRATED_TEAM:",
        "if version:",
        (GATES, CEILINGS),
    ),
    Bug(
        "a matrix with a hole",
        "a category without a row goes unnoticed",
        "app/access/ceilings.py",
        "    if missing or len(rows) != len(Category) * len(Role):",
        "    if False:",
        (CEILINGS,),
    ),
)


def _wall(name: str, wrong: str, path: str, old: str, new: str, *killers: str) -> Bug:
    return Bug(name, wrong, f"app/access/{path}.py", old, new, killers, pure=False)


WHERE = "tests/walls/test_where.py"
MACHINERY = (
    _wall(
        "any purpose will do",
        "a statement forgets for what the viewer looks",
        "rows",
        '        grant.purposes.op("&")(PURPOSE) != _ZERO,\n',
        "",
        WHERE,
    ),
    _wall(
        "drafts are shown",
        "a statement forgets that a record was not released",
        "rows",
        "or_(row.released_at.is_not(None), grant.ungated)",
        "true()",
        WHERE,
    ),
    _wall(
        "contested and shown",
        "a statement forgets that a record is contested",
        "rows",
        "or_(row.restricted_at.is_(None), grant.basis == word(Basis.SELF), answerable)",
        "true()",
        WHERE,
    ),
    _wall(
        "to whomever",
        "a statement forgets the audience of a record",
        "rows",
        "or_(any_(row.audience) == eyes.role, grant.ungated)",
        "true()",
        WHERE,
    ),
    _wall(
        "told to everybody",
        "a statement forgets to whom alone a record was told",
        "rows",
        "or_(*told, grant.basis.in_([word(Basis.SELF), word(Basis.REQUEST)]))",
        "true()",
        WHERE,
    ),
    _wall(
        "added above",
        "a grant for one trajectory adds to the client as a whole",
        "rows",
        "                AccessGrant.trajectory_id == trajectory_id,\n",
        "                AccessGrant.trajectory_id == trajectory_id,\n"
        "                trajectory_id.is_(None),\n",
        WHERE,
    ),
    _wall(
        "grants are never taken back",
        "what a withdrawal closes stays in the table",
        "grants",
        "    if gone:\n",
        "    if False:\n",
        "tests/domain/consent/test_give_and_withdraw.py",
    ),
    _wall(
        "the row as it is",
        "an answer is not cut by category",
        "disclosure",
        "if mask & category.bit and name in values",
        "if name in values",
        "tests/domain/treatment/test_treatment.py",
        "tests/domain/ladder/test_measure.py",
        "tests/domain/consent/test_give_and_withdraw.py",
        "tests/domain/placement/test_placements.py",
    ),
    _wall(
        "a field of no category",
        "a response with a field of no category exists",
        "disclosure",
        'if own is None and name != "withheld":',
        "if False:",
        "tests/access/test_answers.py",
    ),
    _wall(
        "a look without a line",
        "what is disclosed is not put on the log",
        "disclosure",
        "    session.seen(_entry(schema, row, verb, listed=listed))\n",
        "",
        LOG,
        "tests/access/test_sealing.py",
    ),
    _wall(
        "the log comes later",
        "the answer goes out although its line could not be written",
        "session",
        "        await log.write(self.db, self.viewer, self.exchange, self.entries)\n",
        "",
        LOG,
    ),
    _wall(
        "a line without its ground",
        "the log does not tell why something was seen",
        "log",
        '"grounds": sorted(entry.grounds)',
        '"grounds": []',
        LOG,
    ),
    _wall(
        "a leaf of something",
        "a leaf does not commit to the salt",
        "log",
        "hashlib.sha256(salt + content.encode())",
        "hashlib.sha256(content.encode())",
        LOG,
    ),
    _wall(
        "a slow one is passed over",
        "the sealer does not wait for open transactions",
        "sealed/sealing",
        'which="e.xid < pg_snapshot_xmin(pg_current_snapshot())"\n',
        'which="e.xid < pg_snapshot_xmax(pg_current_snapshot())"\n',
        "tests/access/test_sealing.py",
    ),
    _wall(
        "the log tells of absence",
        "a search for nobody makes fewer entries than one for somebody",
        "attribution",
        "    return made + [_entry(refusal, NOBODY, None, resource) for _ in range(lacking)]",
        "    return made",
        "tests/access/test_sealing.py",
    ),
    _wall(
        "the header chooses",
        "a header gives a hat that the token does not name",
        "viewers",
        "if claims.membership not in {None, UUID(on_behalf_of)}:",
        "if False:",
        ASKING,
    ),
    _wall(
        "the header widens",
        "a stated purpose replaces the one of the token",
        "viewers",
        "    if len(set(known)) > 1:\n",
        "    if False:\n",
        ASKING,
    ),
    _wall(
        "a purpose of another role",
        "a role states a purpose that is not its own",
        "viewers",
        "if purpose not in fitting:",
        "if False:",
        ASKING,
        "tests/oracle/test_oracle.py",
    ),
    _wall(
        "worn although it cannot be",
        "a role that its organisation cannot have is worn",
        "viewers",
        "if role not in roles_of(kind):",
        "if False:",
        ASKING,
    ),
    _wall(
        "a scope is decoration",
        "a client system writes with a token to read",
        "session",
        "if is_machine(claims) and scope not in claims.scope:",
        "if False:",
        "tests/facades/test_oauth.py",
    ),
    _wall(
        "correcting another",
        "a party puts a new version over another party's record",
        "versions",
        "if own != (session.viewer.role, session.viewer.organisation_id):",
        "if False:",
        "tests/domain/treatment/test_treatment.py",
    ),
    _wall(
        "refused and not written",
        "a search that found nothing leaves no trace",
        "session",
        "        await refusals.add(\n",
        "        return\n        await refusals.add(\n",
        LOG,
        "tests/access/test_sealing.py",
    ),
)


def _noun(name: str, wrong: str, path: str, old: str, new: str, *killers: str) -> Bug:
    return Bug(name, wrong, f"app/domain/{path}.py", old, new, killers, pure=False)


REMINDING = "tests/domain/reporting/test_reminders.py"
HANDING = "tests/domain/team/test_hand_over.py"
TEAMS = "tests/domain/team/test_teams.py"
EMPLOYERS = "tests/domain/employer/test_directory.py"
NOUNS = (
    _noun(
        "everybody's employers",
        "notes on an employer are found by another organisation",
        "employer/queries",
        "return select(*table.__table__.c).where(table.organisation_id == ORGANISATION)",
        "return select(*table.__table__.c)",
        WHERE,
    ),
    _noun(
        "a note on a client",
        "what is kept of employers may tell of care",
        "employer/actions/keeping",
        "        if tells_of_care(words)\n",
        "        if False\n",
        EMPLOYERS,
    ),
    _noun(
        "reminded after leaving",
        "who takes part no more is still reminded",
        "reporting/queries/reminding",
        "        is_current(Participant),\n",
        "",
        REMINDING,
    ),
    _noun(
        "the reminders of all",
        "the list shows what waits for a colleague on the same trajectory",
        "reporting/queries/reminders",
        ").where(Reminder.for_id == any_(GRANTEES))",
        ")",
        REMINDING,
    ),
    _noun(
        "a reminder by its id",
        "another one's reminder is read by whoever may see its client",
        "reporting/actions/reminders",
        "    if row.for_id not in session.viewer.grantees:\n",
        "    if False:\n",
        REMINDING,
    ),
    _noun(
        "counted with another's",
        "a line of the caseload counts what waits for others",
        "reporting/actions/caseload",
        'if row["for_id"] in own and row["closed_on"] is None',
        'if row["closed_on"] is None',
        REMINDING,
    ),
    _noun(
        "reminded for ever",
        "what somebody laid aside comes back with the next day",
        "reporting/actions/reminding",
        "if not want.done and want.key not in known]",
        "if not want.done]",
        REMINDING,
    ),
    _noun(
        "handed over and kept",
        "who hands a trajectory on keeps the line of it",
        "team/actions/hand_overs",
        "    await participants.leave(session, parent, seat)\n",
        "",
        HANDING,
    ),
    _noun(
        "a consent by name goes along",
        "the consent that names who left is not asked for anew",
        "team/actions/hand_overs",
        "    asked = await _ask_again(session, parent, act)\n",
        "    asked = 0\n",
        HANDING,
    ),
    _noun(
        "a figure for anybody",
        "how many a coach carries is told to whoever asks",
        "team/actions/carrying",
        "if own != membership_id and not await queries.supervises(session, own, membership_id):",
        "if False:",
        TEAMS,
    ),
    _noun(
        "teams of others",
        "a team is shown to an organisation that has nobody in it",
        "team/queries/teams",
        '_TEAMS = select(*Team.__table__.c, _MEMBERS.label("members")).where(_MINE)',
        '_TEAMS = select(*Team.__table__.c, _MEMBERS.label("members"))',
        TEAMS,
    ),
    _noun(
        "where to call is status",
        "a funder learns by his task how and when a client may be called",
        "client/tables",
        '__tablename__ = "contact_preference"\n    __category__ = Category.IDENTITY',
        '__tablename__ = "contact_preference"\n    __category__ = Category.STATUS',
        WALLS,
    ),
    _noun(
        "called when care finds it fit",
        "somebody else says over the client how the client is reached",
        "client/rules",
        "return role is Role.CLIENT or Role.CLIENT not in set(said_by)",
        "return True",
        "tests/domain/client/test_contact_preferences.py",
    ),
    _noun(
        "what was said among peers",
        "a day with peers has room for words",
        "meaning/schemas",
        "    attended_on: Day\n\n\nclass AttendanceOut",
        "    attended_on: Day\n    note: str | None = None\n\n\nclass AttendanceOut",
        "tests/domain/meaning/test_two_views.py",
    ),
    _noun(
        "taking back another's",
        "a party withdraws another party's record as if it were misplaced",
        "rights/actions/misplacing",
        "    return (row.author_role, row.controller_organisation_id) == (\n",
        "    return True or (row.author_role, row.controller_organisation_id) == (\n",
        "tests/domain/rights/test_misplace.py",
    ),
)
BUGS = (*TIME, *BLOCKS, *CONSENT, *INVOLVED, *PERSONS, *CEILING, *MACHINERY, *NOUNS)
