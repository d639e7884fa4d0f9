//! `chancery models list --available`: what can be fetched, and what of it is here.

use crate::translate::models::{self, Session};

use super::rows::Available;
use super::{Ending, Failure, Place, output, progress, stopped};

pub(super) fn run(place: &Place, mirror: Option<&str>, json: bool) -> Result<Ending, Failure> {
    let catalogue = place.catalogue(mirror)?;
    let own = models::list(&place.folders).map_err(Failure::usage)?;
    let observer = progress::Lines;
    let session = Session::new(&catalogue, &observer).map_err(stopped)?;
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::usage)?;
    let listing = runtime.block_on(session.listing()).map_err(stopped)?;
    for offer in &listing.offers {
        let serving = own.iter().find(|set| set.pair == offer.pair);
        let row = Available::of(offer, serving);
        if json { output::say_json(&row)? } else { output::say(&row.readable(serving.is_some()))? }
    }
    Ok(Ending::Fine)
}
