"""Telling client systems that something happened: subscriptions, deliveries, a feed.

An event says an opaque id and a verb. What it is about is fetched at its `dataref`, under the
rights of whoever fetches; whether one is told at all is decided when it is told (decision 0030).
"""
