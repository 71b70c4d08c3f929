"""A cache in the memory of one process that is bounded by its size."""

from collections import OrderedDict
from threading import Lock

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

# What an entry takes beside its key and value.
OVERHEAD = 200
# Each thread has its own object for a cache; all of one location share their entries.
STORES = {}


class Store:
    """Entries by key, the one used last at the end; `size` is in bytes."""

    def __init__(self):
        self.entries = OrderedDict()
        self.size = 0
        self.lock = Lock()

    def drop(self, key):
        value = self.entries.pop(key, None)
        if value is not None:
            self.size -= measure_entry(key, value)


class SizedMemory(BaseCache):
    """Keeps bytes, up to `MAX_BYTES` in all; those not used for the longest make room for others.

    Nothing runs out: `timeout` means nothing here.
    """

    def __init__(self, location, params):
        super().__init__(params)
        self.most_bytes = params["OPTIONS"]["MAX_BYTES"]
        self.store = STORES.setdefault(location, Store())

    def get(self, key, default=None, version=None):
        key = self.make_and_validate_key(key, version=version)
        store = self.store
        with store.lock:
            value = store.entries.get(key)
            if value is None:
                return default
            store.entries.move_to_end(key)
            return value

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        key = self.make_and_validate_key(key, version=version)
        store = self.store
        with store.lock:
            store.drop(key)
            store.entries[key] = value
            store.size += measure_entry(key, value)
            while store.size > self.most_bytes:
                oldest = next(iter(store.entries))
                store.drop(oldest)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        if self.get(key, version=version) is not None:
            return False
        self.set(key, value, timeout, version)
        return True

    def delete(self, key, version=None):
        key = self.make_and_validate_key(key, version=version)
        store = self.store
        with store.lock:
            is_held = key in store.entries
            store.drop(key)
        return is_held

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        return self.get(key, version=version) is not None

    def clear(self):
        store = self.store
        with store.lock:
            store.entries.clear()
            store.size = 0


def measure_entry(key, value):
    return len(key) + len(value) + OVERHEAD
