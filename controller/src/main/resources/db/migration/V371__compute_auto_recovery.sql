-- Whether the host starts the machine again when it stopped by itself (MaintenanceOptions.AutoRecovery). Until now it always did.
ALTER TABLE instance ADD COLUMN auto_recovery boolean NOT NULL DEFAULT true;
