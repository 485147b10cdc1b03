"""Trajectory H1: Testclient Alfa, WGB at UWV, all steps in twelve months (invented)."""

from app.demo.alfa_start import BEGINNING
from app.demo.alfa_work import AT_WORK

ALFA = (*BEGINNING, *AT_WORK)
