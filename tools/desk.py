"""Walk the desk: every list of it, and one record of each kind with all the pages it has."""

import re
from html import unescape

from tools.walking import Walk, choose_alike, path_of

# Leaving the desk, and a new password, show nothing of the record.
LEFT_OUT = ("/admin/logout/", "/admin/password_change/")
ADMIN_LINK = re.compile(r"href=\"([/?][^\"#]*)")
CHANGE_PAGE = re.compile(r"[^?]*/\d+/change/")


def admin_links(text, page, inside="/admin/"):
    """Return the addresses of the admin that a page names, in the order of the page."""
    links = []
    for escaped in ADMIN_LINK.findall(text):
        link = unescape(escaped)
        if link.startswith("?"):
            link = path_of(page) + link
        if link.startswith(LEFT_OUT):
            continue
        if link.startswith(inside):
            links.append(link)
    once = dict.fromkeys(links)
    return list(once)


def walk_desk(visit):
    """Visit the desk, each list with its filters, and one record of each with all its pages."""
    walk = Walk(visit)
    desk = walk.open("/admin/")
    for page in admin_links(desk, "/admin/"):
        walk_list(walk, page)


def walk_list(walk, page):
    """Visit a list, its filters, and the pages of the first record in it."""
    text = walk.open(page)
    inside = path_of(page)
    links = admin_links(text, page, inside)
    filtered = [link for link in links if "?" in link]
    selection = choose_alike(filtered, most=1)
    for link in selection:
        walk.open(link)
    changes = filter(CHANGE_PAGE.fullmatch, links)
    for change in list(changes)[:1]:
        walk_record(walk, change)


def walk_record(walk, change):
    """Visit the page where a record is changed, and all others of the record."""
    text = walk.open(change)
    record = change.removesuffix("change/")
    for link in admin_links(text, change, record):
        walk.open(link)
