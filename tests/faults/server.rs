//! A server that speaks LibreTranslate's interface and misbehaves by plan, down to the bytes and the connection.
//!
//! Laws: it answers each request as its plan says, counts each whole request, and remembers what was asked; whatever the
//! program does to its connections, it goes on.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use rustls::ServerConfig;

use crate::reply::{Reply, Then};
use crate::tls::{self, Certificate};

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// When it had come whole.
    pub(crate) at: Instant,
    /// The request line and the headers.
    pub(crate) head: String,
    /// The body.
    pub(crate) body: String,
    /// The texts to be translated.
    pub(crate) texts: Vec<String>,
}

/// What is answered to the request of a number, from 0 on.
type Plan = dyn Fn(usize, &Request) -> Reply + Send + Sync;

/// A server on loopback that lives as long as the test.
pub(crate) struct Server {
    address: SocketAddr,
    tls: Option<Arc<ServerConfig>>,
    log: Arc<Log>,
}

#[derive(Default)]
struct Log {
    requests: Mutex<Vec<Request>>,
    connections: AtomicUsize,
    sent: AtomicUsize,
}

impl Server {
    /// One that is always well.
    pub(crate) fn well() -> Self {
        Self::plan(|_, request| Reply::well(request))
    }

    /// One that answers with these, one after the other, and is well from then on.
    pub(crate) fn first(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<Reply> = replies.into_iter().collect();
        Self::plan(move |number, request| replies.get(number).cloned().unwrap_or_else(|| Reply::well(request)))
    }

    /// One that always answers so.
    pub(crate) fn always(reply: Reply) -> Self {
        Self::plan(move |_, _| reply.clone())
    }

    /// One that answers as `plan` says.
    pub(crate) fn plan(plan: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::listen(Arc::new(plan), None)
    }

    /// One that is always well, behind TLS.
    pub(crate) fn secure(certificate: &Certificate) -> Self {
        Self::listen(Arc::new(|_, request: &Request| Reply::well(request)), Some(certificate.config()))
    }

    /// One that is no more: nobody listens at its address.
    pub(crate) fn gone() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        Self { address: listener.local_addr().expect("an address"), tls: None, log: Arc::default() }
    }

    fn listen(plan: Arc<Plan>, tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let server = Self { address: listener.local_addr().expect("an address"), tls, log: Arc::default() };
        let (log, tls) = (Arc::clone(&server.log), server.tls.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (plan, log, tls) = (Arc::clone(&plan), Arc::clone(&log), tls.clone());
                std::thread::spawn(move || log.serve(stream, &*plan, tls.as_ref()));
            }
        });
        server
    }

    /// Its address as settings name it.
    pub(crate) fn url(&self) -> String {
        format!("http{}://{}", if self.tls.is_some() { "s" } else { "" }, self.address)
    }

    /// The requests that came whole, in order.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.log.requests.lock().expect("no thread panicked").clone()
    }

    /// Connections that were made, whatever came over them.
    pub(crate) fn connections(&self) -> usize {
        self.log.connections.load(Ordering::SeqCst)
    }

    /// Bytes of answers that the program let it send.
    pub(crate) fn sent(&self) -> usize {
        self.log.sent.load(Ordering::SeqCst)
    }
}

/// Holds answers back until it is opened.
#[derive(Clone, Default)]
pub(crate) struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    /// Lets all through from now on.
    pub(crate) fn open(&self) {
        *self.0.0.lock().expect("no thread panicked") = true;
        self.0.1.notify_all();
    }

    /// Waits until it is open.
    pub(crate) fn pass(&self) {
        let shut = self.0.0.lock().expect("no thread panicked");
        drop(self.0.1.wait_while(shut, |open| !*open).expect("no thread panicked"));
    }
}

/// A connection, encrypted or not.
trait Wire: Read + Write {}
impl<T: Read + Write> Wire for T {}

impl Log {
    /// Serves a connection until one of both ends it. The program may break it off at any time, which is no fault.
    fn serve(&self, stream: TcpStream, plan: &Plan, tls: Option<&Arc<ServerConfig>>) {
        self.connections.fetch_add(1, Ordering::SeqCst);
        let Ok(handle) = stream.try_clone() else { return };
        let mut wire: Box<dyn Wire> = match tls {
            Some(config) => Box::new(tls::accept(stream, config)),
            None => Box::new(stream),
        };
        while let Ok(request) = receive(&mut *wire) {
            let number = self.remember(&request);
            let Reply { bytes, then } = plan(number, &request);
            let ended = self.send(&mut *wire, &bytes, &then);
            if ended.is_err() || then != Then::Stay {
                let linger = (then == Then::Reset).then_some(Duration::ZERO);
                let _ = socket2::SockRef::from(&handle).set_linger(linger);
                break;
            }
        }
    }

    fn remember(&self, request: &Request) -> usize {
        let mut requests = self.requests.lock().expect("no thread panicked");
        requests.push(request.clone());
        requests.len() - 1
    }

    fn send(&self, wire: &mut dyn Wire, bytes: &[u8], then: &Then) -> io::Result<()> {
        let pause = if let Then::Drip(pause) = then { *pause } else { Duration::ZERO };
        for piece in bytes.chunks(if pause.is_zero() { 1 << 16 } else { 1 }) {
            self.piece(wire, piece)?;
            std::thread::sleep(pause);
        }
        match then {
            Then::Hang => wire.read(&mut [0]).map(|_| ()),
            Then::Endless(piece) => (0..ENDLESS / piece.len()).try_for_each(|_| self.piece(wire, piece)),
            Then::Stay | Then::Close | Then::Reset | Then::Drip(_) => Ok(()),
        }
    }

    fn piece(&self, wire: &mut dyn Write, piece: &[u8]) -> io::Result<()> {
        wire.write_all(piece)?;
        wire.flush()?;
        self.sent.fetch_add(piece.len(), Ordering::SeqCst);
        Ok(())
    }
}

/// Bytes of an answer without end, so that a program which never breaks off ends all the same.
const ENDLESS: usize = 256 << 20;

/// Reads a request whole.
fn receive(wire: &mut dyn Wire) -> io::Result<Request> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        wire.read_exact(&mut byte)?;
        head.extend(byte);
        if !head[0].is_ascii_uppercase() {
            // TLS, or whatever else: servers that read HTTP say at once that it is none.
            wire.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")?;
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let length =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    wire.read_exact(&mut body)?;
    let json: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let texts = json["q"].as_array().map(|texts| texts.iter().map(text).collect()).unwrap_or_default();
    let body = String::from_utf8_lossy(&body).into_owned();
    Ok(Request { at: Instant::now(), head, body, texts })
}
