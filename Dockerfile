# Trede as one process; the database is given with TREDE_DATABASE_URL, or the embedded one keeps its files in /srv/trede/var.
# A proxy in another container is named with TREDE_PROXY_ADDRESSES, else all its clients count as one (see README).
FROM node:20-slim AS packages
WORKDIR /look
COPY app/facades/web/npm/package.json app/facades/web/npm/package-lock.json app/facades/web/npm/.npmrc ./
RUN npm ci --omit=dev

FROM python:3.11-slim AS look
COPY app/facades/web/assets.py /look/
COPY app/facades/web/static /look/static
COPY --from=packages /look/node_modules /look/npm/node_modules
RUN python /look/assets.py

FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/trede

COPY .ci/requirements/run.txt ./
RUN pip install --no-input --require-hashes -r run.txt && rm run.txt \
 && useradd --uid 10001 --user-group --home-dir /srv/trede --no-create-home --shell /usr/sbin/nologin trede \
 && install -d -o trede -g trede var

COPY alembic.ini pyproject.toml ./
COPY app app
COPY --from=look /look/static/vendor app/facades/web/static/vendor
COPY migrations migrations
COPY openapi openapi

USER trede
VOLUME /srv/trede/var
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health', timeout=2)"]
CMD ["python", "-m", "app", "serve"]
