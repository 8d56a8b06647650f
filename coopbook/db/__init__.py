"""The database under the book: base, column types, tenancy, engines, guards."""
