"""Which party is called what.

Every look-up of a party by what people write goes through the `Directory`: at the desk, in both
importers. The names of the states of the world and of usual bodies are shipped with the program
(docs/names.md says where they come from).
"""
