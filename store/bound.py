"""What the models are bound to. By itself, so that opening an account does not build the models."""

from peewee import DatabaseProxy

proxy = DatabaseProxy()
