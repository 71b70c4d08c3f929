"""Run the web server so that each of its workers hears a stop, and hears it once.

    python -m tracker.workers --interface=wsgi … tracker.wsgi:application

takes Granian's own options. A worker is a fork of the server, and the server asks each to stop with
SIGTERM. By itself a worker misses that in two cases, and the server would wait for it as long as
for a request that is being answered:

- While it loads the site it still has the server's signal handlers, so it goes on starting.
- Ctrl-C reaches every process of a terminal. The SIGTERM that follows is a second stop, and with
  two of them a worker never ends.
"""

import os
import signal

from granian.cli import entrypoint

STOPS = {signal.SIGINT, signal.SIGTERM}


def hold_stops():
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)


def hear_stops():
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)


def hear_the_server_alone():
    """Let SIGTERM end this process, which has nothing to finish yet, and keep SIGINT from it."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def main():
    # A stop that comes during the fork waits until each of the two knows what to do with it.
    os.register_at_fork(
        before=hold_stops,
        after_in_parent=hear_stops,
        after_in_child=hear_the_server_alone,
    )
    entrypoint()


if __name__ == "__main__":
    main()
