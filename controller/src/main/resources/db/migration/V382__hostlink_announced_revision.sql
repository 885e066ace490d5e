-- Who listens is told how far the host's documents have come: a stream that has told them already does not look again.
CREATE OR REPLACE FUNCTION host_stream_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('croft_desired', NEW.host || ' ' || NEW.revision);
    RETURN NULL;
END
$$;
