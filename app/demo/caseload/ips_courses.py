"""Courses of IPS, from the wish to the end and back; everything is invented."""

from app.demo.caseload.course import Course
from app.demo.caseload.troupes import HOUSE

_TO_ENTRY = "0 start join; 1 refer; 2 accept apply; 4 approve; 6 move:program_entered"
_TO_SEARCH = f"{_TO_ENTRY} talk:client_contact measure:3:start; 8 profile; 9 search"
"""The way of IPS that most went, in weeks."""

COURSES = (
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
        "45.3 talk:client_contact move:next_job_offered; 46 visit:kas measure:3",
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
        "16.2 talk:follow_along; 30 talk:follow_along; 58 measure:5:month_12; "
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
        "80 end:paid_work_continues_without_support aftercare:2",
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
    Course(
        "zulu",
        "1989-07-07",
        "ips",
        "wia",
        "Werk met rust, en nu al naar buiten.",
        "2025-01-13",
        f"{_TO_SEARCH.replace('join', 'join directory house', 1)}; 12 visit:magazijn; "
        "20 visit:kantine:declined_by_client; 60 next:green_recovery refer coach; 61 accept "
        "move:assignment_accepted; "
        "62 move:intake_held; 63 move:rest_phase comes:1; 75 talk:client_contact",
        casting=HOUSE,
    ),
)
