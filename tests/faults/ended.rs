//! How a run ended, and what can be asserted of it.

use std::process::ExitStatus;

use serde_json::Value;

use crate::desk::{Desk, NAMES};
use crate::law::{self, Article};

/// A run that has ended and that kept the law.
pub(crate) struct Ended<'d> {
    desk: &'d Desk,
    status: ExitStatus,
    peak_kb: u64,
    /// The article that is looked at, where it is one.
    only: Option<usize>,
}

impl<'d> Ended<'d> {
    /// Holds what a run left against the law.
    #[track_caller]
    pub(crate) fn new(desk: &'d Desk, status: ExitStatus, peak_kb: u64) -> Self {
        law::check(desk, status);
        Self { desk, status, peak_kb, only: None }
    }

    /// It ended with this exit code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.status.code(), Some(code), "{}", self.desk.said("stderr"));
        self
    }

    /// It failed or found something, and said so; which targets are written is the law's to look at.
    #[track_caller]
    pub(crate) fn ends_aloud(self) -> Self {
        assert!(matches!(self.code(), Some(0 | 1 | 3)), "{}", self.desk.said("stderr"));
        self
    }

    /// The exit code; none where a signal ended it.
    pub(crate) fn code(&self) -> Option<i32> {
        self.status.code()
    }

    /// The first server was sent so many requests, over all runs.
    #[track_caller]
    pub(crate) fn asked(self, requests: usize) -> Self {
        self.asked_of(0, requests)
    }

    /// A server was sent so many requests, over all runs.
    #[track_caller]
    pub(crate) fn asked_of(self, server: usize, requests: usize) -> Self {
        let asked = self.desk.servers[server].requests();
        assert_eq!(asked.len(), requests, "requests to `{}`: {asked:#?}\n{}", NAMES[server], self.desk.said("stderr"));
        self
    }

    /// At least so many seconds lie between two requests that follow each other.
    #[track_caller]
    pub(crate) fn apart(self, seconds: f64) -> Self {
        for pair in self.desk.servers[0].requests().windows(2) {
            let wait = (pair[1].at - pair[0].at).as_secs_f64();
            assert!(wait >= seconds, "{wait} s between two requests");
        }
        self
    }

    /// Standard error holds each of these.
    #[track_caller]
    pub(crate) fn tells(self, words: &[&str]) -> Self {
        let told = self.desk.said("stderr");
        for word in words {
            assert!(told.contains(word), "`{word}` is not told:\n{told}");
        }
        self
    }

    /// From here on only this article is looked at; every other one is whole.
    #[track_caller]
    pub(crate) fn in_article(self, number: usize) -> Self {
        for article in law::articles(self.desk).into_iter().filter(|article| article.number != number) {
            assert!(article.missing().is_empty(), "{article}");
        }
        Self { only: Some(number), ..self }
    }

    /// Requests to the first server.
    pub(crate) fn requests(&self) -> usize {
        self.desk.servers[0].requests().len()
    }

    fn articles(&self) -> impl Iterator<Item = Article> {
        let only = self.only;
        law::articles(self.desk).into_iter().filter(move |article| only.is_none_or(|only| only == article.number))
    }

    /// Every segment of every article is translated, and nothing is wrong with it.
    #[track_caller]
    pub(crate) fn whole(self) -> Self {
        for article in self.articles() {
            assert!(article.missing().is_empty(), "{article}\n{}", self.desk.said("stderr"));
            assert_eq!(
                article.row["findings"].as_array().map(|it| it.iter().filter(|it| it["severity"] == "error").count()),
                Some(0)
            );
        }
        self
    }

    /// Exactly these segments of each article, counted from 0, have no target; the reason holds `why`.
    #[track_caller]
    pub(crate) fn lacks(self, segments: &[usize], why: &str) -> Self {
        for article in self.articles() {
            assert_eq!(article.missing(), segments, "{article}");
            let reasons = article.row["failures"].as_array().cloned().unwrap_or_default();
            let told = |it: &Value| it["detail"].as_str().is_some_and(|detail| detail.contains(why));
            assert!(reasons.iter().all(told), "`{why}` is not why: {reasons:#?}");
        }
        self
    }

    /// No segment of any article has a target; the reason holds `why`.
    #[track_caller]
    pub(crate) fn lacks_all(self, why: &str) -> Self {
        self.lacks(&[0, 1, 2, 3, 4, 5], why)
    }

    /// So many articles were left to the next run, without any output.
    #[track_caller]
    pub(crate) fn unfinished(self, articles: usize) -> Self {
        let unfinished = self.articles().filter(Article::is_unfinished).count();
        assert_eq!(unfinished, articles, "unfinished articles\n{}", self.desk.said("stderr"));
        self
    }

    /// Every translated segment was translated by this backend.
    #[track_caller]
    pub(crate) fn by(self, backends: &[&str]) -> Self {
        for article in self.articles() {
            let engines = article.row["engines"].as_array().cloned().unwrap_or_default();
            let named: Vec<&str> = engines.iter().filter_map(|engine| engine["backend"].as_str()).collect();
            assert_eq!(named, backends, "{article}");
        }
        self
    }

    /// It never took more memory than this, where the system tells.
    #[track_caller]
    pub(crate) fn within_mb(self, megabytes: u64) -> Self {
        assert!(self.peak_kb <= megabytes << 10, "it took {} MB", self.peak_kb >> 10);
        self
    }
}
