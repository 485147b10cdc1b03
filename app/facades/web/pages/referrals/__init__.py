"""Referrals: what came in and went out, sending one from a trajectory, and answering one."""
