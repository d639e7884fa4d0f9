//! The program as its users run it: real articles, the real engine, real files.

mod backends;
mod bad_input;
mod commands;
mod desk;
mod glossary_match;
mod mirror;
mod models;
mod reading_forms;
mod resume;
mod review;
mod samples;
