"""SQLite as Django speaks to it, with connections that may stay open between requests."""

import os

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is no longer used once another file stands where its own stood.

    After a restore it would go on reading the old file, and what is saved would be lost with it.
    """

    def get_new_connection(self, conn_params):
        # Asked before the file is opened: one that is replaced in between is noticed next time.
        self.file = self.identify_file()
        return super().get_new_connection(conn_params)

    def is_usable(self):
        return self.file == self.identify_file()

    def identify_file(self):
        """Return what tells the present file from its successors; None if there is none."""
        if self.is_in_memory_db():
            return None
        try:
            status = os.stat(self.settings_dict["NAME"])
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino
