"""Which pages of the desk are visited."""

from tools.desk import admin_links, walk_desk


def test_links_of_the_admin_are_in_the_order_of_the_page():
    html = (
        '<a href="/admin/b/"><a href="/admin/a/"><a href="/admin/logout/"><a href="?o=1&amp;p=2">'
    )
    assert admin_links(html, "/admin/x/") == ["/admin/b/", "/admin/a/", "/admin/x/?o=1&p=2"]


def test_of_each_list_its_filters_and_one_record_with_all_its_pages_are_visited():
    pages = {
        "/admin/": '<a href="/admin/a/"> <a href="/admin/a/add/">',
        "/admin/a/": """<a href="?kind=x"> <a href="?kind=y">
            <a href="/admin/a/7/change/"> <a href="/admin/a/8/change/">""",
        "/admin/a/7/change/": '<a href="/admin/a/7/history/"> <a href="/admin/b/1/change/">',
    }
    visited = []
    walk_desk(lambda address: visited.append(address) or pages.get(address, ""))
    assert visited == [
        "/admin/",
        "/admin/a/",
        "/admin/a/?kind=x",
        "/admin/a/7/change/",
        "/admin/a/7/history/",
        "/admin/a/add/",
    ]
