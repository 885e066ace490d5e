-- What a VPC's resolver answers. A default VPC names its public addresses, as in EC2; public_domain is the domain that its hosts were last told of, none for those of before.
ALTER TABLE vpc ADD COLUMN dns_support boolean NOT NULL DEFAULT true;
ALTER TABLE vpc ADD COLUMN dns_hostnames boolean NOT NULL DEFAULT false;
ALTER TABLE vpc ADD COLUMN public_domain text;
UPDATE vpc SET dns_hostnames = true WHERE is_default;
