"""The personnel cards of people: made and linked with them, or waiting for who has yet to come."""
