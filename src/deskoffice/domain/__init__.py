"""Values, rules, codes and errors of the office; standard library only, no text for people."""
