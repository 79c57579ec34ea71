CREATE DATABASE golden_deploy;
