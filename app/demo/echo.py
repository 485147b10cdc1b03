"""Trajectory H5: Testclient Echo, WGB in 18 months with a crisis and a step down (invented)."""

from app.demo.echo_course import COURSE
from app.demo.echo_start import BEGINNING

ECHO = (*BEGINNING, *COURSE)
