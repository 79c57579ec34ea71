CREATE SCHEMA golden_deploy;
