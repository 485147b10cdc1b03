"""The assessment over HTTP."""

from app.domain.assessment.routes import advice, capacity, history, plans, search

routers = [history.router, capacity.router, advice.router, plans.router, search.router]
