-- Documents are no longer kept as answers to a repeated request: those that are still there go.
DELETE FROM cases.answers
WHERE answer ? 'content' OR answer ? 'letters' OR answer ?& ARRAY['youngName', 'representatives'];
