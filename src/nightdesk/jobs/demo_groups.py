"""The demo's linkage worker: when everything is compared for the first time, groups to look at are proposed, as at night."""

import threading

import structlog

from nightdesk.jobs.linkage import LinkageWorker
from nightdesk.jobs.linkage_batch import propose_groups
from nightdesk.queries.clock import database_now
from nightdesk.rules.access import SYSTEM


def run_linkage(stop: threading.Event) -> None:
    """Compare what is there, propose groups once, then go on as the worker does until `stop` is set."""
    worker = LinkageWorker(stop)
    if worker.try_round():
        try:
            propose_groups(actor=SYSTEM, clock=database_now, weights=worker.reports.weights)
        except Exception as fault:  # a demo without groups is still a demo
            structlog.get_logger().error("demo_groups_failed", fault=type(fault).__name__)
    worker.run()
