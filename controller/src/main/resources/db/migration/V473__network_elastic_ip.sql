-- Elastic addresses: an account's own of the pool until it releases them.
CREATE TABLE elastic_ip (
    id      text        PRIMARY KEY,
    account text        NOT NULL,
    address text        NOT NULL UNIQUE,
    created timestamptz NOT NULL
);
CREATE INDEX elastic_ip_account ON elastic_ip (account, id);

-- Where they are to be: an interface has one, and one is at one interface.
CREATE TABLE elastic_ip_association (
    id         text PRIMARY KEY,
    elastic_ip text NOT NULL UNIQUE REFERENCES elastic_ip,
    interface  text NOT NULL UNIQUE REFERENCES network_interface ON DELETE CASCADE
);

-- Where each of them is: at the interface whose host was told to answer for it last, until that has shown that it answers no more; at none meanwhile.
ALTER TABLE public_address ALTER COLUMN interface DROP NOT NULL;
ALTER TABLE public_address DROP CONSTRAINT public_address_interface_fkey;
ALTER TABLE public_address ADD CONSTRAINT public_address_interface_fkey
    FOREIGN KEY (interface) REFERENCES network_interface ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE public_address ADD COLUMN elastic_ip text UNIQUE REFERENCES elastic_ip ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
