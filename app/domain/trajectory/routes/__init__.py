"""Trajectories over HTTP."""

from app.domain.trajectory.routes import course, parties

routers = [course.router, parties.router, parties.bodies]
