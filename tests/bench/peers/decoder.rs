//! Our own decoder as a peer of the engine bench: a model alone, as the crate's, without what the backend does to a text.

use chancery::translate::backends::firefox::{Model, Wish};

use crate::peer;

/// Runs as a peer; its first argument is the beam, before those of every peer.
pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let [beam, arguments @ ..] = arguments else { return Err("the decoder takes BEAM and what a peer takes".into()) };
    let beam: usize = beam.parse().map_err(|error| format!("{beam}: {error}"))?;
    let load = |folder: &_| Model::open(folder).map_err(|error| error.to_string());
    peer::run(arguments, load, |model, lines| {
        let wishes: Vec<Wish<'_>> = lines.iter().map(|text| Wish { text, ..Wish::default() }).collect();
        model.translate(&wishes, beam).into_iter().map(|rendering| rendering.text).collect()
    })
}
