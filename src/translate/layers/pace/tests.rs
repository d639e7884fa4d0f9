use std::sync::Arc;

use futures_util::future::join_all;
use proptest::prelude::*;

use super::*;

fn quotas(requests: u32, characters: u32, largest: u32) -> Quotas {
    Quotas { requests: NonZeroU32::new(requests), characters: NonZeroU32::new(characters), largest }
}

/// When requests of these sizes go out, in seconds, of which all come at once.
fn times(pace: &Arc<Pace>, sizes: &[u64]) -> Vec<f64> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(async {
        let begun = Instant::now();
        let turn = |&size: &u64| async move {
            pace.turn(size, |_, _| {}).await;
            begun.elapsed().as_secs_f64()
        };
        join_all(sizes.iter().map(turn)).await
    })
}

/// A pace in a runtime whose time flies.
fn with_pace(quotas: Quotas, sizes: &[u64]) -> Vec<f64> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let pace = runtime.expect("a runtime").block_on(async { Arc::new(Pace::new(quotas)) });
    times(&pace, sizes)
}

/// The most requests and characters that go out within 60 seconds.
fn most(times: &[f64], sizes: &[u64]) -> (usize, u64) {
    let (mut first, mut sum, mut most) = (0, 0, (0, 0));
    for (last, (at, size)) in times.iter().zip(sizes).enumerate() {
        sum += size;
        while times[first] + 60.0 <= *at {
            sum -= sizes[first];
            first += 1;
        }
        most = (most.0.max(last + 1 - first), most.1.max(sum));
    }
    most
}

#[test]
fn as_many_requests_as_allowed_and_no_more() {
    for limit in [1, 7, 60, 600, 2400] {
        let sizes = vec![1; 3 * limit as usize + 1];
        let times = with_pace(quotas(limit, 0, 100), &sizes);
        assert!(most(&times, &sizes).0 <= limit as usize, "{limit} a minute");
        let took = times.last().copied().unwrap_or_default();
        assert!(took <= 180.0 * 1.03, "{took} s for three minutes of {limit}");
    }
}

#[test]
fn what_is_not_limited_does_not_wait() {
    assert_eq!(with_pace(quotas(0, 0, 100), &[5; 100]), vec![0.0; 100]);
}

#[test]
fn a_pause_holds_everything_back() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(async {
        let (pace, begun) = (Pace::new(quotas(60, 0, 100)), Instant::now());
        pace.pause(Duration::from_secs(40));
        pace.pause(Duration::from_secs(3));
        let told = Mutex::new(Vec::new());
        pace.turn(1, |reason, wait| told.lock().expect("a list").push((reason, wait.as_secs()))).await;
        assert_eq!(begun.elapsed().as_secs(), 40);
        assert_eq!(*told.lock().expect("a list"), [(Reason::Asked, 40)]);
    });
}

/// The seconds between requests, which follow each other as fast as they may, after `before`.
async fn gap(pace: &Pace) -> f64 {
    pace.turn(1, |_, _| {}).await;
    let begun = Instant::now();
    pace.turn(1, |_, _| {}).await;
    begun.elapsed().as_secs_f64()
}

#[tokio::test(start_paused = true)]
async fn too_many_halves_the_pace_once_and_it_comes_back() {
    let pace = Pace::new(quotas(60, 0, 100));
    let begun = Instant::now();
    assert!((gap(&pace).await - 61.0 / 60.0).abs() < 0.01);
    pace.slow_down(Instant::now());
    // Others that were under way then say the same.
    pace.slow_down(begun);
    assert!((gap(&pace).await - 61.0 / 30.0).abs() < 0.01);
    sleep(Duration::from_secs(65)).await;
    assert!((gap(&pace).await - 61.0 / 33.0).abs() < 0.01);
    sleep(Duration::from_mins(10)).await;
    assert!((gap(&pace).await - 61.0 / 60.0).abs() < 0.01);
    for _ in 0..20 {
        pace.slow_down(Instant::now());
    }
    assert!((gap(&pace).await - 61.0 * 16.0 / 60.0).abs() < 0.1);
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_is_not_configured_is_found() {
    let pace = Pace::new(quotas(0, 0, 100));
    for _ in 0..40 {
        pace.turn(1, |_, _| {}).await;
        sleep(Duration::from_millis(500)).await;
    }
    pace.slow_down(Instant::now());
    let gap = gap(&pace).await;
    assert!((gap - 1.0).abs() < 0.05, "{gap}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn never_over_the_limits_whatever_the_batches(
        requests in 0_u32..100,
        characters in 100_u32..5000,
        largest in 1_u32..6000,
        sizes in prop::collection::vec(0_u64..3000, 1..60),
    ) {
        let sizes: Vec<u64> = sizes.into_iter().map(|size| size.min(u64::from(characters))).collect();
        let times = with_pace(quotas(requests, characters, largest), &sizes);
        let (count, sum) = most(&times, &sizes);
        prop_assert!(requests == 0 || count <= requests as usize, "{count} requests");
        prop_assert!(sum <= u64::from(characters), "{sum} characters");
        prop_assert!(times.is_sorted(), "first come, first served: {times:?}");
    }
}
