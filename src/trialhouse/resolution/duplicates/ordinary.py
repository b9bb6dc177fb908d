"""Words that titles of medicine are made of, without names of drugs: of two spellings, the one here is the right one.

The words of four and more letters that stand in at least forty of some fifty thousand titles and abstracts (PubMed's
citations of several decades, and search exports), without names of drugs. Of a word's forms the plainest is kept.
"""

from functools import lru_cache

_WORDS = frozenset(
    """
    abdomen abdominal aberrations ability able abnormal abnormality abolished abortion abortus about above abscess
    absence absent absolute absorbed absorption abundant abuse accelerated acceleration acceptable accepted access
    accessory accompanied accompanying accomplished accordance according account accumulated accumulation accuracy
    accurate acetate acetic acetyl acetylcholine achieve acid acidic acidosis acoustic acquired acquisition across
    actin acting action activate activation activator active activity acts actual acute acyl adaptation adapted
    adaptive added addition additional additive address adenine adenocarcinoma adenoma adenylate adequate adherence
    adhesion adipose adjacent adjunct adjusted adjustment adjuvant administered administration admission admitted
    adolescent adrenal adrenergic adsorption adult advanced advances advantage adverse aerobic aerosol aeruginosa
    aetiology affect affective afferent affinity aflatoxin africa african after again against agar agarose aged
    agent ages agglutination aggregates aggregation aggressive aging agonist agreement aimed aims airway alanine
    albicans albino alcohol alcoholic alcoholism aldosterone alga algae alkaline allergic allergy allow almost alone
    along alpha already also alter alteration alternative although alveolar always ambient ambulatory amenorrhea
    american amine amino aminoglycoside aminotransferase ammonia ammonium amniotic among amount amplitude amylase
    amyloid amyloidosis anabaena anaemia anaerobic anaesthesia anaesthetized anal analgesia analgesic analog
    analogous analogue analysed analyses analysis analytical analyzed anastomosis anatomic anatomical anatomy
    androgen anemia anesthesia anesthetized aneurysm angina angiographic angiography angiotensin angle anhydrase
    animal ankle annual anomalous anomaly anorexia another antagonist anterior anthracene anti antibacterial
    antibody antidiabetic antigen antigenic antimicrobial antisera antiserum antitumor anxiety aorta aortic apart
    apical apoe apolipoprotein apoptosis apparatus apparent appear appearance applicability applicable application
    applied approach appropriate approximately apropos aqueous arachidonic arch area arginine arise aromatic around
    arrangement arrest arrhythmias arterial arteriography arteriovenous artery arthritis article articular
    artificial ascending ascites ascorbic aspartate aspect aspergillus aspiration assay assembly assess assessment
    assigned assistance assisted associated association assumed assumption asthma asthmatic asymptomatic
    atherogenesis atherogenic atherosclerosis atherosclerotic atrial atrioventricular atrophic atrophy attached
    attachment attack attained attempt attention attenuate attenuation attitudes attributable attributed atypical
    audit auditory augmentation augmented aureus author autoimmune autologous automated automatic autonomic autopsy
    autoradiographic autoradiography autosomal availability available average avoid avoidance awareness axial axis
    axons babies baboon bacilli bacillus back background bacteremia bacteria bacterial bactericidal bacteriological
    bacteriophage bacterium balance balb balloon band barium barrier basal base baseline basement basic basis beam
    bearing became because become bedside been before began beginning behavior behavioral behaviour behavioural
    being believe belonging below beneficial benefit benign benzo besides best beta better between beyond
    bicarbonate bilateral bile biliary bilirubin bind bioavailability biochemical biologic biological biology biopsy
    biosynthesis biphasic biphenyl birds birth black bladder bleeding blind block blockade blood blue body bone bony
    border borderline born both bound bovine bowel boys brain branch breakdown breast breathing breeding brief broad
    bromide bronchial broth brought brown brucella buffer bufo bulk bundle burden burn bypass calcification calcium
    calculated calculation calf called caloric calorie calves came canal cancer candida canine cannot capable
    capacity capillary capsule capture carbohydrate carbon carbonic carcinogen carcinogenesis carcinogenic carcinoma
    cardiac cardiomyopathy cardioprotective cardiopulmonary cardiovascular care careful carotid carried carrier
    carry cartilage case casei casein catabolism catalytic catalyzed cataract catecholamine category catheter
    catheterization cation cats cattle caudal causative cause caution cava cavity cebus cell cellular cent center
    central centre centrifugation century cerebellar cerebellum cerebral cerebrospinal cerebrovascular cereus
    certain cervical cervix cessation chagas chain challenge chamber change channel character characteristic
    characterization characterize charge chemical chemotactic chemotherapy chest chick chicken child childhood
    children chinese chloride chloroform chloroplasts choice cholangiography cholesterol choline cholinergic chosen
    chromatin chromatographic chromatography chromosomal chromosome chronic chronically chymotrypsin ciliary ciliate
    circadian circular circulating circulation circulatory circumstances cirrhosis city clarify class classic
    classical classification classified clear clearance cleavage cleaved clinic clinical cloned close closure
    cluster coagulation coat coded coding coefficient coenzyme cognitive cohort cold coli colitis collagen
    collateral collected collection college colon colonic colony color colposcopy column coma combination combined
    commercial committee common communication community comparable comparative compare comparison compartment
    compatible competition competitive complaints complement complementary complete completion complex compliance
    complicated complication component composed composite composition compound comprehensive compression comprised
    comprising computed computer computerized concanavalin concentrated concentration concept concern conclude
    conclusion concomitant concurrent condition conductance conducted conduction configuration confined confirm
    confirmation conformation conformational congenital congestive conjugated conjugation conjunction connected
    connection connective conscious consecutive consequence consequently conservative consider considerable
    considerably consideration consist consistent constant constituents constitute constructed consumption contact
    contain contaminated contamination content context continue continuous contraceptive contractile contraction
    contralateral contrary contrast contribute contribution control controlled controlling conventional conversion
    converted convulsions cooling copper copyright core cornea corneal coronary corpus correct correction correlate
    correlation corresponded corresponding corresponds cortex cortical cortisol corynebacterium cost could count
    counter country coupled coupling course covalent covered cranial created creatine creatinine crisis criteria
    criterion critical crohn cross crucial crude cruzi crystal cultivated cultural culture cumulative cure current
    curve cutaneous cyanide cyclase cycle cyclic cynomolgus cyst cysteine cystic cytochemical cytochrome cytologic
    cytological cytology cytoplasm cytoplasmic cytosol cytotoxic cytotoxicity daily daltons damage dark data date
    dawley days deae death decade decarboxylase decision decline decrease deep defect defective defense deficiency
    deficient deficit define definite definition definitive deformity degeneration degenerative degradation degraded
    degree dehydration dehydrogenase delay deletion delivered delivery delta demand dementia demonstrable
    demonstrate demonstration dense density dental deoxy deoxyribonucleic department depend dependence dependency
    dependent depleted depletion deposition deposits depressed depression depressive deprivation deprived depth
    derivative derived descending describe description design designated despite destroyed destruction detail detect
    detectable detection detergent deterioration determinant determination determine develop development
    developmental deviation device devoid dextran diabetes diabetic diagnosed diagnoses diagnosis diagnostic
    dialysis diameter diaphragm diarrhea diarrhoea diastolic died diet dietary differ difference different
    differential differentiate differentiation difficult difficulty diffuse diffusion digestion digestive digital
    dilatation dilated dilution dimensional dimensions dimethylbenz diminished dioxide dipeptidyl diphosphate
    diphosphonate diphtheria diploid direct direction disability disappearance disappeared disc discharge disclosed
    discovered discovery discrete discrimination discuss discussion disease dislocation disodium disorder
    displacement display disruption dissection disseminated dissociated dissociation distal distance distinct
    distinctive distinguish distress distributed distribution disturbance disturbed disulfide diuretic diurnal
    divalent diverse diverticula diverticulum divided division dmba documented dodecyl does dogs domain domestic
    dominant done donor dopa dopamine dopaminergic doppler dorsal dosage dose double down drainage dramatic drawn
    dried drinking driven drop drosophila drug dual duct duodenal duodenum duration during dynamic dysfunction
    dyslipidemia dysplasia dystrophy each earlier early easily easy eating echocardiographic echocardiography
    economic ectopic edema edta education educational effect effective effectiveness efferent efficacy efficiency
    efficient efflux effort effusion eggs egta eight eighteen eighty either ejection elastic elderly elective
    electric electrical electrocardiographic electrodes electrolyte electron electrophoresis electrophoretic
    electrophysiological element elevated elevation eleven elicit eliminated elimination elucidate eluted elution
    embolism embolization embryo embryonic emerged emergency emerging emission emotional emphasis emphasize employed
    employing encephalitis encountered endocarditis endocrine endogenous endometrial endonuclease endoplasmic
    endoscopic endothelial endothelium endotoxin energy enhance enhancement enlarged enlargement enough enriched
    enrichment entire entity entry envelope environment environmental enzymatic enzymatically enzyme enzymic
    epidemic epidemiologic epidemiological epidemiology epidermal epilepsy epileptic episodes epithelial epithelium
    equal equation equilibrium equipment equivalent error erythematosus erythrocyte escherichia esophageal esophagus
    especially essential establish establishment ester esterase estimate estimation estrogen ethanol ether ethyl
    ethylene etiologic etiology euglena european euthyroid evaluate evaluation even event eventually every evidence
    evident evoked evolution exact examination examine example exceeded excellent except exception excess excessive
    exchange excised excision excitation exclude exclusively excreted excretion exendin exercise exert exhibit exist
    existence exocrine exogenous expansion expected expenditure experience experiment experimental explain
    explanation exploration explored exponential exposed exposure express expression extend extension extensive
    extent external extra extracellular extract extraction extreme extremity eyes face facial facilitate facility
    fact factor faecalis fail failure fairly fall false familial family fashion fast faster fatal fate fatty
    favorable favourable feasibility feature febrile fecal feces federal feed feedback fell female femoral femur
    fermentation ferritin fertility fetal fetus fever fewer fiber fibres fibrillation fibrin fibrinogen fibrinolytic
    fibroblast fibrosis fibrous field fifteen fifth fifty figures filamentous filaments filled filling film filter
    filtration final fine first fish fistula five fixation fixed flat flavus flora flow fluctuations fluid
    fluorescein fluorescence fluorescens fluorescent fluoride foam focal foci focus folate fold follicle follow food
    foot force foreign form formaldehyde formation former formula forty forward found four fourteen fourth fraction
    fractional fractionated fractionation fracture fragment fragmentation framework free freeze frequency frequent
    fresh frog from frontal frozen fructose full fully function functional fundamental fundus fungal fungi further
    furthermore fusion future gain galactose galactosidase gallbladder gamma ganglia ganglion gangliosidosis gastric
    gastrin gastrointestinal gave gels gene general generalized generated generation genetic genetically geniculate
    genital genome genotype genus geriatric germ gestation gestational giant girl give given gland glandular glass
    glial global globulin glomerular glomerulonephritis glucagon glucose glutamate glutamic glutamine glutaraldehyde
    glutathione glycemic glycerol glycine glycogen glycol glycoprotein goal gold golgi gonadal gonadotropin
    gonococcal gonococci gonorrhea gonorrhoeae good government gracilis grade gradient gradual graft gram granular
    granules granulocyte granulomatous gray great greater greatest green grew griseus gross group grow grown growth
    guide guidelines guinea gynecologic haemodynamic haemoglobin haemolytic hair half hamster hand handling have
    hazards head headache healing health healthy hearing heart heat heavy height held help helpful hemagglutination
    hemisphere hemodynamic hemoglobin hemolysis hemolytic hemorrhage hemorrhagic hence hepatic hepatitis hepatocytes
    here hereditary herpes heterogeneity heterogeneous heterologous heterozygous high higher highest histamine
    histidine histochemical histocompatibility histologic histological histology histone histopathologic
    histopathological historical history hodgkin home homeostasis homogenates homogeneity homogeneous homologous
    homology homozygous hormonal hormone horse horseradish hospital hospitalization hospitalized host hour however
    human humoral hundred hybrid hybridization hydrocarbon hydrocephalus hydrochloride hydrogen hydrolysis
    hydrophobic hydroxy hydroxylase hydroxytryptamine hygienic hyperalimentation hyperglycemia hyperlipidemia
    hyperplasia hypersensitivity hypertension hypertensive hypertonic hypertrophic hypertrophy hypoglycemia
    hypotension hypothalamic hypothalamus hypothermia hypothesis hypothesized hypothyroidism hypoxia ideal identical
    identification identified identify identity idiopathic ileum illness illustrate image immature immediate
    immobilized immune immunity immunization immunized immuno immunoassay immunochemical immunodiffusion
    immunoelectrophoresis immunofluorescence immunofluorescent immunoglobulin immunohistochemical immunologic
    immunological immunoreactive immunosuppressive impact impaired impairment implant implantation implicated
    implications importance important improve improvement inability inactivated inactivation inactive inadequate
    inappropriate inbred incidence include inclusion incomplete incorporated incorporation increase increment
    incretin incubated incubation indeed independent index indicate indication indicative indicator indices indirect
    indistinguishable individual induce induction industrial industry ineffective infancy infant infarct infarction
    infected infection infectious infective inferior infiltration inflammation inflammatory influence influenza
    information infused infusion ingestion inhalation inherent inheritance inherited inhibit inhibition inhibitor
    inhibitory initial initiated initiation injected injection injured injury inner innervation inoculated
    inoculation inorganic input insensitive inserted insertion inside insight insoluble instability instance instead
    institute institution instrument insufficiency insufficient insulinotropic insurance intact intake integral
    integrated integration integrity intense intensity intensive inter interact interaction intercellular interest
    interfere interference interferon intermediate intermittent internal international interpretation interpreted
    interruption interstitial interval intervention intestinal intestine into intolerance intoxication intra
    intracellular intracerebral intracranial intraepithelial intrahepatic intramuscular intraocular intraperitoneal
    intrauterine intravascular intravenous intraventricular intrinsic introduced introduction invasion invasive
    inverse investigate investigation investigators involve involvement iodine ionic ions ipsilateral irradiated
    irradiation irregular irrespective irreversible ischaemia ischaemic ischemia ischemic islet isoelectric
    isoenzyme isolate isolation isomers isotope issues itself january japanese jaundice jejunum joint judged
    junction just juvenile kappa kept ketoacidosis kidney killed killing kinase kind kinetic klebsiella knee
    knowledge known label labelled labelling labile labor laboratory lack lactamase lactate lactation lactic
    lactobacillus lactose lambda lamina langerhans language laparotomy large larger largest larvae larval laryngeal
    laser last late latency latent later lateral latter layer lead learning least lectin left length lens lesion
    less lesser lethal leucine leucocytes leukaemia leukemia leukemic leukocyte level life ligament ligand ligation
    light like limb limit limitations line linear link linkage lipase lipid lipopolysaccharide lipoprotein liquid
    listeria liter literature little live liver load lobe local localization localized located location loci
    locomotor locus long longer longitudinal loop loss lost lower lowest lumbar lumen lung lupus luteal luteinizing
    lymph lymphatic lymphocyte lymphocytic lymphoid lymphoma lysine lysis lysosomal lysosomes lysozyme lytic macaca
    macaque macroglobulinemia macrophage made magnesium magnetic magnitude main maintain maintenance major majority
    make malabsorption malaria male malformation malignancy malignant malnourished malnutrition mammalian mammals
    mammary management mandible mandibular manifest manifestation manner mannose many mapping margin marked marker
    marmoset marrow mass massive mast matched material maternal mathematical mating matrix matter maturation mature
    maturity maximal maximum meal mean measles measurable measure measurement mechanical mechanism media medial
    median mediastinal mediated medical medication medicine medium medullary meet megaterium melanogaster melanoma
    mellitus member membrane memory meningitidis meningitis meningococcal menstrual mental mentioned mercury
    mesenteric messenger metabolic metabolism metabolite metabolizing metal metastases metastasis metastatic
    methionine method methodological methyl methylation mice micro microbial microbiological microgram micrometer
    micron microng microorganisms microscope microscopic microscopically microscopy microsomal microsomes
    microtubules microvascular middle midline might migration mild military milk million mineral minimal minimum
    minor minute mitochondria mitochondrial mitogen mitotic mitral mixed mixture mmhg mmol mobility modalities mode
    model moderate modern modification modified modify modulation moiety molar molecular molecule monitor monkey
    mono monoamine monoclonal monocyte monocytogenes mononuclear month morbidity more moreover morphogenesis
    morphologic morphological morphology mortality mosaic most mother motility motion motor mouse mouth movement
    moving mrna much mucosa mucosal mucous mulatta multi multiple multiplication murine muscle muscular must
    mutagenic mutagenicity mutant mutation mycobacteria mycobacterium myelin myeloid myeloma myocardial myocardium
    nacl nadph namely narrow nasal national native natural nature near necessary necessity neck necrosis necrotic
    need needle negative neglect negligible neisseria neither neonatal neonates neoplasia neoplasm neoplastic nerve
    nervous network neural neurofibromatosis neurologic neurological neuromuscular neuron neuronal neuroprotective
    neuropsychological neutral neutron neutrophil never nevertheless newborn newly next nine ninety nitrate nitrogen
    nitroprusside nmol node nodular nodules noise none nonhuman noninvasive nonspecific normal normalized north note
    novel novo nuclear nuclease nuclei nucleic nucleoside nucleotide nucleus null number numerous nurse nutrient
    nutrition nutritional obese obesity objective observations observed obstruction obstructive obtain obvious
    occasional occasions occipital occlusion occlusive occupational occur occurred occurrence occurring ocular offer
    offspring often older once ones ongoing only onset onto oocytes open operated operating operation operative
    opinion opposite optic optical optimal optimum oral orbital order organ organelles organic organism organization
    organized orientation oriented origin original osmotic ossification osteomyelitis other otherwise outbreak
    outcome outer outflow outlined outpatient output outside ovarian ovary over overall overview ovulation oxidase
    oxidation oxidative oxide oxidized oxygen pain pair palsy pancreas pancreatic pancreatitis papanicolaou paper
    papillary papillomavirus papio para parallel paralysis parameter parasite parathyroid parenchyma parenchymal
    parent parental parenteral parietal parotid part partial participation particle particular particulate pass
    passage passive past patent pathogenesis pathogenetic pathogenic pathologic pathological pathology
    pathophysiological pathophysiology pathway patient pattern peak pectoris pediatric pelvic pelvis penetration
    penicillin people peptidase peptide percent percentage perception percutaneous perforation perform performance
    perfused perfusion perhaps pericardial perinatal period periodic peripheral peritoneal permanent permeability
    permit permitted peroxidase persisted persistence persistent personal personality personnel persons perspective
    phage phagocytic phagocytosis pharmacokinetic pharmacologic pharmacological pharmacology phase phenol phenomena
    phenomenon phenotype phenotypic phenylalanine phosphatase phosphate phospholipase phospholipid phosphorus
    phosphorylase phosphorylated phosphorylation photon photosynthetic physical physician physiologic physiological
    physiology picture pigment pigs pilot pituitary place placebo placement placenta placental plain plan planned
    planning plant plaque plasma plasmid plasmodium plastic plate platelet play pleural plexus plus pmol pneumonia
    pneumoniae point poisoning polar policy poly polyacrylamide polychlorinated polycyclic polymer polymerase
    polymorphism polymorphonuclear polypeptide polysaccharide pool poor population porcine portal portion position
    positive possess possibility possible possibly post posterior postnatal postoperative postpartum postprandial
    postulated potassium potency potent potential potentiation power practical practice preceded preceding
    precipitated precipitating precipitation precipitin precise precision preclinical precursor predict prediction
    predictive predominant preference preferential preferred pregnancy pregnant preliminary premature prenatal
    preoperative preparation prepared presence present presentation preservation preserved pressure presumably
    presumed pretreated pretreatment prevalence prevent prevention preventive previous primarily primary primate
    principal principle prior private probability probable probably probe problem procedure proceedings process
    produce product production professional profile profound prognosis prognostic program programme progress
    progression progressive project projection prolactin prolapse proliferation proliferative proline prolongation
    prolonged prominent promising promote prompt prone pronounced proper property prophylactic prophylaxis
    proportion proportional propose prospective prostaglandin prostate prostatic prostheses prosthesis prosthetic
    protease protect protection protective protein proteolytic proteus protocol proton prove proven provide proximal
    pseudomonas psychiatric psychiatry psychological public published pulmonary pulp pulse pump puncture pure
    purification purified purine purpose pyrene pyriformis pyrimidine pyruvate qualitative quality quantification
    quantified quantitation quantitative quantity question questionnaire quite rabbit radial radiation radical
    radioactive radioactivity radiographic radiographs radiography radioimmunoassay radiologic radiological
    radiology radionuclide radiotherapy rads raised random randomised randomized range rapid rare rate rather ratio
    rational rationale rays reach react reaction reactive reactivity readily reagent real reason reasonable receive
    recent receptor recessive recipient reciprocal recklinghausen recognition recognized recombinant recombination
    recommendations recommended reconstruction record recovered recovery rectal rectum recurrence recurrent reduce
    reductase reduction reference referred reflect reflex reflux refractory refs regard regardless regeneration
    regimen region regional regression regular regulated regulating regulation regulatory rehabilitation
    reinforcement rejection relapse relate relation relationship relative relaxation release relevance relevant
    reliability reliable relief remain remainder remarkable remarkably remission remodeling removal remove renal
    renin repair repeat reperfusion repetitive replaced replacement replication report represent representative
    reproducibility reproducible reproduction reproductive require requirement research resection resemble reserve
    residents residual residue resistance resistant resolution resolved resonance resources respect respective
    respiration respiratory respond response responsible responsive responsiveness rest restoration restored
    restricted restriction result resultant resuscitation retained retardation retarded retention reticular
    reticulum retina retinal retrograde retroperitoneal retrospective return reveal reversal reverse reversible
    review rhesus rheumatic rheumatoid rhodospirillum rhythm ribonuclease ribonucleic ribosomal ribosomes rich
    rickettsia right ring rise risk rnas rodents role room root rose rosette rough round route routine rrna rubrum
    rule rupture rural sacrificed safe safety saimiri saliva salivary salmonella salt same sample sarcocystis
    sarcoidosis sarcoma satellite satisfactory saturated saturation scale scan scanning schedule scheme schistosoma
    schizophrenia schizophrenic school science scientific scintigraphy sciureus sclerosis score screen search season
    seasonal second secondary secreted secreting secretion secretory section sectional sedimentation seem seen
    segment segmental seizure selected selection selective self semi seminal sense sensitive sensitivity
    sensitization sensitized sensory separate separation sephadex sepharose sepsis septal septic septicemia septum
    sequelae sequence sequential sera serial series serine serious serologic serological serotonin serotype serum
    serve service sets setting seven seventeen seventy several severe severity sexes sexual sglt shape share sharp
    sheep shift shock short shortening shorter should show shown shunt side sign signal significance significant
    silver similar similarity simple simplified simultaneous since single sinus site situ situated situation sixteen
    sixty size skeletal skills skin skull sleep slight slope slow slower small smaller smear smoking smooth social
    society sodium soft soil sole solid solubilized soluble solution solvent somatic somatostatin some sometimes
    somewhat soon sound source south space spatial special specialized species specific specifically specificity
    specimen spectra spectral spectrometry spectroscopy spectrum speech speed sperm spermatozoa sphincter spike
    spinal spine spite spleen splenectomy splenic split spontaneous spore sporulation sprague spread sputum squamous
    square squirrel stability stabilization stabilized stable staff stage stained staining standard standardization
    standardized standing staphylococcal staphylococcus starch start starvation state static stationary statistical
    status stay steady stem stenosis step sterile sterilization steroid still stimulate stimulation stimulatory
    stimuli stimulus stomach stopped storage stored stores strain stranded strategy strength streptococcal
    streptococci streptococcus streptomyces stress striking stroke stroma strong structural structure students
    studied study subacute subarachnoid subcellular subcutaneous subgroup subject subjective submitted subsequent
    substance substantial substituted substitution substrate subtilis subunit success successful successive
    succinate such sucrose sudden suffered suffering sufficient sugar suggest suggestion suggestive suicide suitable
    sulfate sulfur sulphate summarized summary superficial superior supernatant supplementation supplemented
    supplied supply support supposed suppress suppression suppressive surface surgeon surgery surgical surrounding
    surveillance survey survival survived surviving survivors susceptibility susceptible suspected suspension
    sustained suture swelling swine sympathetic symptom symptomatic symptomatology synaptic syndrome synergistic
    syngeneic synthase synthesis synthesize synthetase synthetic system systematic systemic systolic table tablets
    tachycardia tail take taken target task teaching technic technical technique technology teeth temperature
    template temporal temporary tended tendency tendon tension term terminal terminated termination test testicular
    testis tetrahymena than that their them themselves then theoretical theory therapeutic therapy there thereafter
    thereby therefore thermal these they thick thickening thickness thin third thirteen thirty this thoracic those
    though thought three threshold thrombin thrombocytopenia thrombosis through throughout thus thymidine thymus
    thyroid thyrotrophin thyrotropin thyroxine time tissue titer titration titres toad today together tolerance
    tolerated tomography tone took tool tooth topical total toward toxic toxicity toxin trace tracer tracheal tract
    traditional trained training trans transaminase transcription transfer transferase transferred transferrin
    transformation transformed transfusion transient transition transl translation translocation transmission
    transmitted transplant transplantation transport transporter transverse trauma traumatic treat treatment tree
    trend triage trial triglyceride triiodothyronine trimester triphosphate tritiated triton trna true trunk
    trypanosoma trypsin tryptic tryptophan tube tuberculosis tuberculous tubular tubule tumor tumour turn turnover
    twelve twenty twice type typical tyrosinase tyrosine ulcer ulcerative ultrasonic ultrasonography ultrasound
    ultrastructural ultrastructure ultraviolet umbilical unable unaffected unchanged unclear uncommon uncomplicated
    under undergo undergone underlying understanding understood undertaken underwent undetermined uniform unilateral
    unique unit university unknown unless unlike unnecessary unrelated unstable until untreated unusual upon upper
    uptake urban urea urethral uridine urinary urine urography used useful usefulness uses using usual uterine
    uterus utility utilization utilized utilizing vaccinated vaccination vaccine vaginal vagotomy valid validity
    valuable value valve variability variable variance variant variation varied variety various vary vascular
    vasculature vasoactive vasodilator vasopressin vector vegetative vein velocity vena venom venous ventilation
    ventral ventricle ventricular versus vertebral vertical very vesicle vessel vestibular viability viable view
    viii viral virtually virulence virus visceral visible vision visual visualization visualized vital vitamin vitro
    vivo voltage volume voluntary volunteers waldenstr wall ward washed water wave ways weak weakness week weight
    well were west western what wheat when where whereas whether which while whilst white whole whom whose wide
    widespread wild will wistar with withdrawal within without woman women work workers world would wound year yeast
    yellow yield young younger zero zone
    """.split()
)
_ENDINGS = (("ies", "y"), *((end, more) for end in ("es", "s", "ed", "ing", "ly") for more in ("", "e")))


@lru_cache(maxsize=65536)
def ordinary_form(word: str) -> str | None:
    """The plainest form of a word of the list ("groups": "group"), or None for a word that is not in it."""
    if word in _WORDS:
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            plain = word.removesuffix(ending) + instead
            if len(plain) >= 4 and plain in _WORDS:
                return plain
    return None
