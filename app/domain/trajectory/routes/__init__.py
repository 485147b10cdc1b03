"""Trajectories over HTTP."""

from app.domain.trajectory.routes import chains, course, parties

routers = [course.router, chains.router, parties.router, parties.bodies]
