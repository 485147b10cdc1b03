"""Trajectories as zaken in a municipality's case system (Zaken API 1.x), decision 0036.

An ordinary client system with no rights of its own: it reads events and records over `/v1` on
behalf of a case manager, and writes what that hat is shown. See README.md.
"""

from app.zgw.commands import add_commands, run

__all__ = ["add_commands", "run"]
