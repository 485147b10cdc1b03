"""The assessment over HTTP."""

from app.domain.assessment.routes import advice, capacity, counselling, history, plans, search

routers = [
    history.router,
    capacity.router,
    advice.router,
    plans.router,
    search.router,
    counselling.router,
]
