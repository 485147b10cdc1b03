"""Courses of WGB, OAD and the three green forms; everything is invented."""

from app.demo.caseload.course import Course
from app.demo.caseload.troupes import COLLEAGUE, GARDEN, HOUSE

COURSES = (
    # WGB, at UWV and at a municipality
    Course(
        "quebec",
        "1988-06-21",
        "wgb",
        "wia",
        "Twee dagen per week in een werkplaats.",
        "2025-07-14",
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
        "32.1 end:moved_to_other_trajectory:green_job; 32.2 next:green_job refer; 33 accept coach "
        "move:assignment_accepted; "
        "35 move:vacancy_found; 36 move:selected; 37 job:trial:medewerker_groenploeg:24; "
        "37.2 talk:client_contact; 45 lost:goal_reached; 45.1 terms:2026-12-14 measure:4 "
        "talk:client_contact; "
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
        "0 start; 1 refer; 2 accept; 3 join move:assignment_accepted; 4 move:intake_held "
        "retained:planner:Drukkerij_Verzonnen:occupational_physician:32; "
        "5 move:rest_phase comes:2 measure:3:start marks:2:3:2:4 ending:2026-09-25; "
        "11 move:energy_phase comes:3; "
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
)
