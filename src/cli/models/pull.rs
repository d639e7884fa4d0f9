//! `chancery models pull`: fetches models, or installs them from a bundle.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::model::Pair;
use crate::translate::models::{self, Listing, Offer, Pulled, Session};

use super::rows::{Row, megabytes};
use super::{Ending, Failure, Place, output, pair, progress, stopped};

/// Fetches Firefox's models, or a mirror's, or installs those of a bundle
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Directions such as en-zh; what has no model of its own goes through English
    #[arg(required_unless_present = "from", value_parser = pair, value_name = "PAIR")]
    pairs: Vec<Pair>,
    /// The architecture; without it the newest version, and of equal versions the smallest
    #[arg(long, value_parser = ["tiny", "base", "base-memory"], value_name = "tiny|base|base-memory")]
    variant: Option<String>,
    /// The mirror to fetch from, instead of that of the settings or of `CHANCERY_MODELS_MIRROR`
    #[arg(long, value_name = "URL")]
    mirror: Option<String>,
    /// Installs from a file that `models bundle` wrote, or from a folder of models, without a network
    #[arg(long, conflicts_with_all = ["variant", "mirror", "dry_run"], value_name = "FILE|FOLDER")]
    from: Option<PathBuf>,
    /// Tells what would be fetched
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &Args, place: &Place) -> Result<Ending, Failure> {
    let home = place.home()?;
    if let Some(from) = &args.from {
        let observer = progress::observer(format!("reading {}", from.display()));
        let pulled = models::unbundle(from, &args.pairs, home, observer.as_ref()).map_err(stopped)?;
        drop(observer);
        return show(&pulled);
    }
    let catalogue = place.catalogue(args.mirror.as_deref())?;
    let observer = progress::observer("asking for the list of models".to_owned());
    let session = Session::new(&catalogue, observer.as_ref()).map_err(stopped)?;
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::usage)?;
    let listing = runtime.block_on(session.listing()).map_err(stopped)?;
    let offers = plan(args, &listing)?;
    let pulled = if args.dry_run {
        Vec::new()
    } else {
        runtime.block_on(models::pull(&session, &offers, home)).map_err(stopped)?
    };
    drop(session);
    // The bar goes before there are results, or it would lie among them.
    drop(observer);
    if args.dry_run { tell(&offers, home) } else { show(&pulled) }
}

/// The models that the pairs need, each once.
fn plan<'a>(args: &Args, listing: &'a Listing) -> Result<Vec<&'a Offer>, Failure> {
    let mut offers = BTreeMap::new();
    for &pair in &args.pairs {
        let chosen = listing.choose(pair, args.variant.as_deref()).map_err(stopped)?;
        offers.extend(chosen.into_iter().map(|offer| (offer.pair, offer)));
    }
    Ok(offers.into_values().collect())
}

fn tell(offers: &[&Offer], home: &Path) -> Result<Ending, Failure> {
    for offer in offers {
        let Offer { pair, version, architecture, .. } = offer;
        let what = if models::is_there(offer, home) {
            "there already".to_owned()
        } else {
            let (packed, bytes) = (megabytes(offer.packed_bytes()), megabytes(offer.bytes()));
            format!("{} to fetch, {} on disk", packed.trim_start(), bytes.trim_start())
        };
        output::say(&format!("{pair}  {architecture} {version}  {}  {what}", home.join(pair.to_string()).display()))?;
    }
    Ok(Ending::Fine)
}

fn show(pulled: &[Pulled]) -> Result<Ending, Failure> {
    pulled.iter().try_for_each(|pulled| output::say(&Row::of(&pulled.set, true).readable()))?;
    Ok(Ending::Fine)
}
