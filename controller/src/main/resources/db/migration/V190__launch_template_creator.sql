-- Who made a template or a version: a name that outlives the user.
ALTER TABLE launch_template ADD COLUMN created_by text;
UPDATE launch_template SET created_by = 'arn:aws:iam::' || account || ':root';
ALTER TABLE launch_template ALTER COLUMN created_by SET NOT NULL;

ALTER TABLE launch_template_version ADD COLUMN created_by text;
UPDATE launch_template_version v SET created_by = t.created_by FROM launch_template t WHERE t.id = v.template;
ALTER TABLE launch_template_version ALTER COLUMN created_by SET NOT NULL;
