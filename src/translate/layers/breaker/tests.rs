use super::*;

const PAUSE: Duration = Duration::from_secs(30);

/// A breaker after it heard this: `+` works, `-` fails, `?` refuses a text; and what the last of it changed.
fn after(heard: &str) -> (Breaker, Option<Change>) {
    let breaker = Breaker::new(PAUSE);
    let told = |sign| match sign {
        '+' => Told::Works,
        '-' => Told::Fails,
        _ => Told::Refuses,
    };
    let changes: Vec<_> = heard.chars().map(|sign| breaker.hear(told(sign))).collect();
    let (last, before) = changes.split_last().expect("something is heard");
    assert!(before.iter().all(Option::is_none), "{before:?}");
    (breaker, *last)
}

#[track_caller]
fn opens(heard: &str) {
    assert_eq!(after(heard).1, Some(Change::Opened), "{heard}");
}

#[track_caller]
fn stays_closed(heard: &str) {
    assert_eq!(after(heard).1, None, "{heard}");
}

#[test]
fn it_opens_over_failures_in_a_row_or_many_of_the_last() {
    opens("-----");
    stays_closed("----+----");
    opens("++----+--+--+--+--+-");
    stays_closed("+-+-+-+-+-+-+-+-+-+-+-+-+-");
    opens(&"?".repeat(20));
    stays_closed(&("?".repeat(19) + "+" + &"?".repeat(19)));
    stays_closed("????-????");
}

#[tokio::test(start_paused = true)]
async fn while_it_is_open_one_probe_goes_out_after_the_pause() {
    let (breaker, _) = after("-----");
    let begun = Instant::now();
    assert!(breaker.leave(false).await.is_none());
    let probe = breaker.leave(true).await.expect("the probe");
    assert_eq!(begun.elapsed(), PAUSE);
    assert!(probe.holds());
    assert!(breaker.leave(false).await.is_none());
    let (changed, others) = tokio::join!(
        async {
            tokio::time::sleep(Duration::from_secs(5)).await;
            probe.told(Told::Works)
        },
        async { (breaker.leave(true).await.is_some(), breaker.leave(true).await.is_some(), begun.elapsed()) }
    );
    assert_eq!(changed, None);
    assert_eq!(others, (true, true, PAUSE + Duration::from_secs(5)));
}

#[tokio::test(start_paused = true)]
async fn three_probes_that_fail_give_it_up() {
    let (breaker, _) = after("-----");
    let mut changes = Vec::new();
    for _ in 0..3 {
        changes.push(breaker.leave(true).await.expect("the probe").told(Told::Fails));
    }
    assert_eq!(changes, [Some(Change::Opened), Some(Change::Opened), Some(Change::GivenUp)]);
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_was_not_made_is_made_by_the_next() {
    let (breaker, _) = after("-----");
    drop(breaker.leave(true).await.expect("the probe"));
    let begun = Instant::now();
    assert!(breaker.leave(true).await.is_some());
    assert_eq!(begun.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn leave_given_before_it_opened_is_withdrawn() {
    let breaker = Breaker::new(PAUSE);
    let leave = breaker.leave(true).await.expect("leave");
    (0..5).for_each(|_| {
        breaker.hear(Told::Fails);
    });
    assert!(!leave.holds());
    assert_eq!(leave.told(Told::Works), None);
    assert!(breaker.leave(false).await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_refusal_fails_a_probe_only_where_refusals_opened_it() {
    for (heard, wanted) in [("-----", None), ("????????????????????", Some(Change::Opened))] {
        let (breaker, _) = after(heard);
        let probe = breaker.leave(true).await.expect("the probe");
        assert_eq!(probe.told(Told::Refuses), wanted, "{heard}");
    }
}
