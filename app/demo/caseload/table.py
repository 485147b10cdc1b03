"""The courses themselves: twenty clients, twenty-three trajectories; everything is invented.

Most are of one coach; some are of colleagues, so that others see part of what he sees.
"""

from app.demo.caseload.course import Course

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

_TO_ENTRY = "0 start join; 1 refer; 2 accept apply; 4 approve; 6 move:program_entered"
_TO_SEARCH = f"{_TO_ENTRY} talk:client_contact measure:3:start; 8 profile; 9 search"
"""The way of IPS that most went, in weeks."""

COURSES = (
    # IPS, from the wish to the end and back
    Course(
        "charlie",
        "1998-03-12",
        "ips",
        "wajong",
        "Iets met dieren.",
        "2026-08-10",
        "0 start join; 1 talk:motivational_talk; 3 talk:motivational_talk",
        casting=HOUSE,
    ),
    Course(
        "hotel",
        "1987-07-01",
        "ips",
        "wia",
        "Weer achter een balie.",
        "2026-07-27",
        "0 start join; 2 talk:motivational_talk; 4 refer",
        casting=HOUSE,
    ),
    Course(
        "india",
        "1993-10-23",
        "ips",
        "participatiewet",
        "Werken in een keuken.",
        "2026-05-25",
        "0 start join; 1 refer; 3 accept apply; 8 approve; "
        "12 move:program_entered talk:client_contact measure:2:start; "
        "14 ask:wanneer_is_het_eerste_bezoek_aan_een_werkgever",
        seat="manager",
        casting=HOUSE,
    ),
    Course(
        "juliett",
        "1990-01-30",
        "ips",
        "wajong",
        "Werken in een bakkerij.",
        "2026-03-02",
        f"{_TO_SEARCH}; 12 visit:korst; 17 visit:kantine:no_opening; "
        "24 visit:korst:interview scan:korst:orange; 25 talk:client_contact",
        casting=HOUSE,
    ),
    Course(
        "kilo",
        "1985-05-09",
        "ips",
        "wia",
        "Fietsen maken.",
        "2025-09-01",
        f"{_TO_SEARCH}; 11 visit:fiets; 15 visit:fiets:work_offered scan:fiets; "
        "18 job:regular_paid:fietsenmaker:24:fiets measure:5; 18.2 talk:follow_along; "
        "22 talk:follow_along; 30 talk:follow_along; 44 measure:5:six_monthly; "
        "51 talk:follow_along",
        casting=HOUSE,
    ),
    Course(
        "lima",
        "1996-12-17",
        "ips",
        "wajong",
        "Werken in een magazijn.",
        "2025-10-06",
        f"{_TO_SEARCH}; 12 visit:magazijn; 15 job:regular_paid:orderpicker:20:magazijn measure:5; "
        "15.2 talk:follow_along; 24 talk:follow_along; 45 lost:mismatch_hours; "
        "45.3 talk:client_contact move:next_job_offered; 46 visit:kas",
        casting=HOUSE,
    ),
    Course(
        "mike",
        "1979-02-14",
        "ips",
        "participatiewet",
        "Koken voor anderen.",
        "2025-03-03",
        f"{_TO_SEARCH}; 13 visit:kantine; 16 job:regular_paid:kok:28:kantine measure:5; "
        "16.2 talk:follow_along; 30 talk:follow_along; 52 measure:5:month_12; "
        "77 talk:follow_along stepdown",
        seat="manager",
        casting=HOUSE,
    ),
    Course(
        "november",
        "1994-08-08",
        "ips",
        "wajong",
        "Met planten werken.",
        "2025-11-03",
        f"{_TO_SEARCH}; 14 visit:kas; 17 job:regular_paid:kweker:16:kas measure:5; "
        "17.2 talk:follow_along; 30 event:moving; 41 pause:crisis",
        casting=HOUSE,
    ),
    Course(
        "oscar",
        "1982-04-27",
        "ips",
        "wia",
        "Een vaste baan dicht bij huis.",
        "2025-02-03",
        f"{_TO_SEARCH}; 12 visit:magazijn; 15 job:regular_paid:chauffeur:32:magazijn measure:5; "
        "15.2 talk:follow_along; 40 talk:follow_along; "
        "78 end:paid_work_continues_without_support aftercare:2",
        casting=HOUSE,
    ),
    Course(
        "papa",
        "1991-11-11",
        "ips",
        "wajong",
        "Weer buiten werken.",
        "2025-04-07",
        f"{_TO_SEARCH}; 12 visit:kas; 14 job:regular_paid:tuinman:24:kas measure:5; "
        "14.2 talk:follow_along; 50 end:paid_work_continues_without_support aftercare:1; "
        "70 again coach; 71 talk:client_contact",
        casting=HOUSE,
    ),
    # WGB, at UWV and at a municipality
    Course(
        "quebec",
        "1988-06-21",
        "wgb",
        "wia",
        "Twee dagen per week in een werkplaats.",
        "2025-09-15",
        "0 start; 1 refer; 2 accept; 4 medical; 5 worktalk; 6 join move:assignment_accepted; "
        "8 plan; 9 advice; 11 conversation measure:2:start; "
        "20 job:work_experience:medewerker_werkplaats:12; 20.2 talk:client_contact; "
        "37 measure:3:six_monthly; 48 report",
        casting=HOUSE,
    ),
    Course(
        "romeo",
        "1999-09-03",
        "wgb",
        "participatiewet",
        "Iets met computers.",
        "2026-06-01",
        "0 start; 1 refer; 3 accept; 5 worktalk; 6 join move:assignment_accepted; 8 plan; "
        "10 advice; 13 dates",
        seat="manager",
        casting=HOUSE,
    ),
    Course(
        "sierra",
        "1986-03-19",
        "wgb",
        "wia",
        "Weer collega's hebben.",
        "2026-08-10",
        "0 start; 3 refer",
        casting=HOUSE,
    ),
    Course(
        "yankee",
        "1992-02-02",
        "wgb",
        "ziektewet",
        "Op tijd naar huis.",
        "2026-03-09",
        "0 start; 1 refer; 2 accept; 4 medical; 5 worktalk; 6 hire; 6.1 move:assignment_accepted; "
        "8 plan; 10 advice; 22 pause:illness",
        casting=COLLEAGUE,
    ),
    # OAD, and the three green forms
    Course(
        "tango",
        "1977-10-10",
        "oad",
        "participatiewet",
        "Overdag iets om handen.",
        "2026-01-12",
        "0 start; 1 refer; 2 accept; 3 join move:assignment_accepted; 4 talk:introduction_talk; "
        "6 plan; 7 move:activated comes:3 measure:3:start; 20 comes:5; "
        "28 pause:client_wish:coach",
        seat="manager",
        casting=HOUSE,
    ),
    Course(
        "uniform",
        "1983-01-05",
        "oad",
        "participatiewet",
        "Betaald werk buiten.",
        "2025-06-02",
        "0 start; 1 refer; 2 accept; 3 join move:assignment_accepted; 4 talk:introduction_talk; "
        "6 plan; 7 move:activated comes:4 measure:3:start; 32 conclude:other_trajectory; "
        "32.1 end:moved_to_other_trajectory:green_job; 32.2 next:green_job refer; 33 accept coach; "
        "35 move:vacancy_found; 36 move:selected; 37 job:trial:medewerker_groenploeg:24; "
        "37.2 talk:client_contact; 45 lost:goal_reached; 45.1 terms:2026-12-14 measure:4; "
        "60 move:extra_skills",
        seat="manager",
        casting=HOUSE,
    ),
    Course(
        "victor",
        "1981-08-29",
        "green_activation",
        "participatiewet",
        "Vaker de deur uit.",
        "2026-05-04",
        "0 start; 1 refer; 2 accept; 3 join move:assignment_accepted; 4 conversation:three_way; "
        "6 move:try_out_started talk:client_contact; 9 move:activated comes:2 measure:2:start "
        "marks:3:4:3:2; 12 transition:plan:8",
        seat="manager",
        casting=HOUSE,
    ),
    Course(
        "whiskey",
        "1984-05-31",
        "green_recovery",
        "ziektewet",
        "Terug naar het eigen werk.",
        "2026-04-06",
        "0 start; 1 refer; 2 accept; 3 join; 4 move:intake_held "
        "retained:planner:Drukkerij_Verzonnen:occupational_physician:32; "
        "5 move:rest_phase comes:2 marks:2:3:2:4 ending:2026-09-25; 11 move:energy_phase comes:3; "
        "19 move:orientation_phase comes:4 look",
        casting=HOUSE,
    ),
    Course(
        "xray",
        "1975-12-24",
        "green_activation",
        "participatiewet",
        "In de tuin werken.",
        "2026-02-16",
        "0 start; 1 refer; 2 accept; 3 hire; 3.1 move:assignment_accepted; "
        "6 move:try_out_started talk:client_contact; 9 move:activated comes:1",
        seat="manager",
        casting=GARDEN,
    ),
    Course(
        "zulu",
        "1989-07-07",
        "ips",
        "wia",
        "Werk met rust, en nu al naar buiten.",
        "2025-01-13",
        f"{_TO_SEARCH.replace('join', 'join directory house', 1)}; 12 visit:magazijn; "
        "20 visit:kantine:declined_by_client; 60 next:green_recovery refer coach; 61 accept; "
        "62 move:intake_held; 63 move:rest_phase comes:1; 75 talk:client_contact",
        casting=HOUSE,
    ),
)
